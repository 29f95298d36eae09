package org.citybrain.api.command;

import java.util.List;

/** Commands that can be sent. A Spring bean of each package that has bodies of commands. */
public interface CommandTable {

    List<DescribedCommand> commands();
}
