package org.citybrain.grid.ogc;

/** @param rel of the IANA's link relations, or of the OGC's */
record Link(String href, String rel, String type, String title) {

    static final String JSON = "application/json";
    static final String GEOJSON = "application/geo+json";
    static final String OPEN_API = "application/vnd.oai.openapi+json;version=3.0";
}
