package org.citybrain.migrations;

/** The database login of each service. A login owns its own schema and reads the others' views, nothing else. */
public enum ServiceLogin {
    INTAKE("city_brain_intake"),
    GRID("city_brain_grid"),
    DISPATCH("city_brain_dispatch"),
    API("city_brain_api"),
    /** The local identity server's: it keeps accounts, and of the others' views it reads only the map's units. */
    IDENTITY("city_brain_identity");

    private final String role;

    ServiceLogin(String role) {
        this.role = role;
    }

    /** The name of the role in PostgreSQL. */
    public String role() {
        return role;
    }

    /** The placeholder in {@code afterMigrate.sql} that carries this login's password. */
    String passwordPlaceholder() {
        return role + "_password";
    }
}
