/**
 * The incident types that can be reported: those of the catalogue in force, which the phone keeps for when there is no line, and those that it
 * has met in its tasks. A type that the catalogue does not have any more is refused by the server, and says so.
 */
export function listTypes({ types, tasks }) {
  const known = new Map((types ?? []).map((type) => [type.code, type]));
  for (const { incident } of tasks.values()) if (!known.has(incident.type)) known.set(incident.type, { code: incident.type, category: null, names: incident.typeNames });
  return [...known.values()];
}

/** By any of its names, its code, or part of them. */
export function findTypes(types, text) {
  const wanted = text.trim().toLowerCase();
  return types.filter(({ code, names }) => [code, ...Object.values(names ?? {})].some((name) => name.toLowerCase().includes(wanted)));
}
