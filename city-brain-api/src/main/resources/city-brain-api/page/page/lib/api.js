/**
 * Everything this page asks of City Brain goes through here. The token stays on the server; a cookie that no script can read stands
 * for it, and every change carries the proof that it was sent by this page.
 */

/** What the server refused, with its own words: an RFC 9457 problem with `reason`, `value` and `expected`. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `HTTP ${status}`);
    this.status = status;
    this.problem = problem ?? {};
    this.reason = problem?.reason;
  }
}

let behind = 0;

/** The server's clock, as far as its answers tell: count-downs must not depend on the clock of this screen. */
export const now = () => Date.now() + behind;

export const newKey = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** `{a: 1, b: [2, 3], c: null}` → `?a=1&b=2&b=3` */
export function query(parameters = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== '') search.append(name, one);
    }
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, { cache: 'no-store', ...options });
  } catch (unreachable) {
    throw new Refused(0, { reason: 'UNREACHABLE', detail: unreachable.message });
  }
  const at = Date.parse(answer.headers.get('Date'));
  // The header counts whole seconds: only a clock that is off by more is corrected.
  if (at && Math.abs(at - Date.now()) > 2000) behind = at - Date.now();
  if (answer.ok) return answer;
  // An answer to HEAD has none, and a bad line may cut it off: the status still counts.
  const isProblem = answer.headers.get('Content-Type')?.includes('json');
  if (answer.status === 401) dispatchEvent(new Event('signed-out'));
  throw new Refused(answer.status, isProblem ? await answer.json().catch(() => undefined) : undefined);
}

const json = async (answer) => (answer.status === 204 ? null : answer.json());

export const read = async (path, parameters, options) =>
  json(await ask(path + query(parameters), { headers: { Accept: 'application/json' }, ...options }));

const proof = () => document.cookie.match(/(?:^|; )XSRF-TOKEN=([^;]*)/)?.[1] ?? '';

/** Bytes as they are, such as a part of a photo. @returns the answer itself: what it says stands in its headers */
export const sendBytes = (method, path, bytes, headers, { signal } = {}) =>
  ask(path, { method, body: bytes, signal, headers: { 'X-XSRF-TOKEN': proof(), ...headers } });

/** @param options.version the version of what the person saw, sent as `If-Match`; `options.key` the same again is the same command */
export async function send(method, path, body, { version, key, headers, signal } = {}) {
  const answer = await ask(path, {
    method,
    signal,
    headers: {
      Accept: 'application/json',
      'X-XSRF-TOKEN': proof(),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return json(answer);
}

/** A person's command on `incidents`, `tasks` or `check-ins`: decided on the version they saw, and carried out once however often it is sent. */
export const command = (on, id, name, body, version, key = newKey()) =>
  send('POST', `/v1/${on}/${id}/${name}`, body ?? {}, { version, key });

/** One thing with the version it was read in, its `ETag`: what a change of it sends as `If-Match`. */
export async function readVersioned(path, parameters) {
  const answer = await ask(path + query(parameters), { headers: { Accept: 'application/json' } });
  return { body: await answer.json(), version: answer.headers.get('ETag')?.match(/"(.*)"/)?.[1] };
}

/** Up to `most` items of a list, page by page, from `parameters.cursor` on where it is given. */
export async function readAll(path, parameters = {}, most = 2000) {
  const items = [];
  for (let { cursor } = parameters; items.length < most; ) {
    const page = await read(path, { ...parameters, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
    if (!cursor) break;
  }
  return items;
}
