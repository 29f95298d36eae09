/**
 * Sends one photo of the queue: at once where it is small (`PUT /v1/evidence/{sha256}`), else in parts that go on where the line broke
 * off (tus 1.0.0, `POST /v1/evidence`, `PATCH /v1/evidence/uploads/{id}`). How far it has come is kept after each part.
 */
import { sendBytes } from '../lib/api.js';
import { expecting } from './account.js';
import { line } from './line.js';

const AT_ONCE_BYTES = 64 * 1024;
const PART_BYTES = 128 * 1024;
const TUS = { 'Tus-Resumable': '1.0.0' };
/** How often a part may be said to begin elsewhere before it is left for later. */
const MOST_CORRECTIONS = 3;

/**
 * @param account whose photo it is
 * @param keep is given the photo each time that it has come further
 */
export async function sendPhoto(photo, account, keep) {
  const whose = expecting(account);
  if (photo.size <= AT_ONCE_BYTES) {
    await line.over((signal) => sendBytes('PUT', `/v1/evidence/${photo.sha256}`, photo.blob, { 'Content-Type': photo.mediaType, ...whose }, { signal }));
    await keep({ ...photo, sent: photo.size, isWhole: true });
    return;
  }
  let going = photo.upload ? await goOn(photo, whose) : await begin(photo, whose);
  for (let corrections = 0; !going.isWhole; ) {
    await keep(going);
    try {
      going = await sendPart(going, whose);
    } catch (refused) {
      if (refused.status !== 409 && refused.status !== 404) throw refused;
      if (++corrections > MOST_CORRECTIONS) throw refused;
      going = refused.status === 404 ? await begin(going, whose) : await goOn(going, whose);
    }
  }
  await keep(going);
}

const told = (photo, answer) => ({
  ...photo,
  sent: Number(answer.headers.get('Upload-Offset') ?? photo.sent),
  isWhole: answer.headers.has('Content-Location'),
});

async function begin(photo, whose) {
  const metadata = `sha256 ${btoa(photo.sha256)},filetype ${btoa(photo.mediaType)}`;
  const answer = await line.over((signal) =>
    sendBytes('POST', '/v1/evidence', null, { ...TUS, ...whose, 'Upload-Length': String(photo.size), 'Upload-Metadata': metadata }, { signal }));
  return { ...told(photo, answer), upload: new URL(answer.headers.get('Location'), location.href).pathname };
}

async function goOn(photo, whose) {
  try {
    return told(photo, await line.over((signal) => sendBytes('HEAD', photo.upload, undefined, { ...TUS, ...whose }, { signal })));
  } catch (refused) {
    // It is forgotten; or somebody else's (409), of which an answer without a body cannot say more: to begin is refused in words.
    if (refused.status !== 404 && refused.status !== 409) throw refused;
    return begin(photo, whose);
  }
}

async function sendPart(photo, whose) {
  const part = photo.blob.slice(photo.sent, photo.sent + PART_BYTES);
  return told(photo, await line.over((signal) =>
    sendBytes('PATCH', photo.upload, part, { ...TUS, ...whose, 'Upload-Offset': String(photo.sent), 'Content-Type': 'application/offset+octet-stream' }, { signal }), 60_000));
}
