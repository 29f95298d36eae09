/** A photo as it is sent: scaled down to at most 1600 px, as JPEG without what cameras write beside it, known by its SHA-256. */
const MOST_PIXELS = 1600;
const QUALITY = 0.82;
/** Where this browser cannot open it, it goes as it is. */
const AS_IT_IS = ['image/heic', 'image/webp', 'image/png', 'image/jpeg'];

export async function takePhoto(file) {
  const blob = await scaledDown(file);
  return { sha256: await sha256(blob), blob, mediaType: blob.type, size: blob.size, sent: 0, upload: null, isWhole: false, refused: null };
}

async function scaledDown(file) {
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch (unreadable) {
    if (AS_IT_IS.includes(file.type)) return file;
    throw unreadable;
  }
  const scale = Math.min(1, MOST_PIXELS / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no JPEG'))), 'image/jpeg', QUALITY);
  });
}

async function sha256(blob) {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
