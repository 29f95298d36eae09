package org.citybrain.dispatch.rehearse;

import java.util.ArrayList;
import java.util.List;
import org.citybrain.dispatch.grade.GradeInputs;
import org.citybrain.dispatch.grade.GradeRecord;
import org.jspecify.annotations.Nullable;

/**
 * A grade record for an analyst, who sees what was decided but not by whose report: people's accounts become numbers, which is all that
 * grading needs of them. Gateways keep their names.
 */
final class WithoutAccounts {

    private WithoutAccounts() {}

    static @Nullable GradeRecord of(@Nullable GradeRecord record) {
        if (record == null || record.inputs() == null) {
            return record;
        }
        GradeInputs inputs = record.inputs();
        List<GradeInputs.Source> sources = new ArrayList<>();
        for (GradeInputs.Source source : inputs.sources()) {
            sources.add(
                    source.kind().isRegistered()
                            ? source
                            : new GradeInputs.Source(source.kind(), "#" + (sources.size() + 1)));
        }
        return new GradeRecord(
                record.level(),
                record.scope(),
                record.policyVersion(),
                record.catalogueVersion(),
                record.mapVersion(),
                record.corroborated(),
                record.needsPerson(),
                record.axes(),
                inputs.with(sources));
    }
}
