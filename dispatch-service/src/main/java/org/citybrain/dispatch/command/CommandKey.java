package org.citybrain.dispatch.command;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.access.command.CommandName;
import org.citybrain.messages.MessageJson;

/**
 * By which a command that comes again is known.
 *
 * @param person the account: another one's keys are another's
 * @param digest of what was ordered, however it was written
 */
@SuppressWarnings("ArrayRecordComponent") // compared by the database; records are never compared
record CommandKey(String person, String key, byte[] digest) {

    static CommandKey of(Person person, String key, CommandName command, UUID subject, Order order) {
        String what = command.path() + " " + subject + " " + MessageJson.MAPPER.writeValueAsString(order);
        return new CommandKey(person.name(), key, sha256(what));
    }

    /** Two keys with the same number wait for each other, nothing worse. */
    int lock() {
        return ByteBuffer.wrap(sha256(person + "\n" + key)).getInt();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
