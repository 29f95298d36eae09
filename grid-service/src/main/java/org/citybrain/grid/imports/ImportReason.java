package org.citybrain.grid.imports;

/** What is wrong with an import. One of them, and nothing of the file is taken. */
enum ImportReason {
    /** The file ends in the middle. */
    TRUNCATED,
    /** The file is no JSON. */
    NOT_JSON,
    /** The text is not UTF-8. */
    NOT_UTF8,
    /** JSON, but not GeoJSON's FeatureCollection of Features. */
    NOT_A_FEATURE_COLLECTION,
    /** More features, positions, attributes, digits or levels than are taken. */
    TOO_LARGE,
    /** The file's {@code crs} is none of WGS-84 or CGCS2000, or not the datum that was declared. */
    CRS_CONTRADICTS,
    /** A point, a line, a collection. */
    NOT_A_POLYGON,
    /** A position that is not two or more finite numbers. */
    BAD_POSITION,
    /** A position that is nowhere on earth, or far from the city. */
    OUT_OF_RANGE,
    /** The latitude stands first. GeoJSON has the longitude first. */
    SWAPPED_AXES,
    /** The borders fit those on the map when they are read in another datum than the one declared. */
    WRONG_DATUM,
    /** A ring that crosses or touches itself. */
    SELF_CROSSING,
    /** Not an area for another reason: a ring that is not closed, a hole outside. */
    INVALID_GEOMETRY,
    /** An attribute that is needed is absent. */
    MISSING_ATTRIBUTE,
    /** An attribute has a value that it cannot have. */
    BAD_ATTRIBUTE,
    /** Not a unit code, or one of another tier than its former code. */
    BAD_CODE,
    /** Two features of one code, or two that carry on the same former one. */
    DUPLICATE_CODE,
    /** A code is given to a unit while another that stays has it. */
    CODE_TAKEN,
    /** A code that should be on the map is not: a former code, one that is abolished or replaced. */
    UNKNOWN_CODE,
    /** A unit would have no parent. */
    UNKNOWN_PARENT,
    /** A unit above the grids would have nothing below it. */
    NO_CHILDREN,
    /** The map would have another number of cities than one. */
    NOT_ONE_CITY,
    /** A new unit without a border of its own or of units below it. */
    NO_GEOMETRY,
    /** Land of two units. */
    OVERLAP,
    /** Land of nobody. */
    GAP,
    /** Land of a unit that is not its parent's. */
    OUTSIDE_PARENT,
    /** Neighbours that do not share the vertices of their common border; less than a square metre is between them. */
    UNMATCHED_BORDER,
    /** The map has a version that begins at the import's moment or later. */
    NOT_LATER
}
