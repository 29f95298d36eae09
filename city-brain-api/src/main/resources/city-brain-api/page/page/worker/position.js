/**
 * Where the phone is. `navigator.geolocation` answers in WGS-84 (W3C Geolocation), so that is the datum that is sent; distances and
 * directions are reckoned on the sphere, which is off by less than 0.6 %.
 */
const EARTH_METERS = 6_371_008.8;
const DIRECTIONS = ['north', 'northeast', 'east', 'southeast', 'south', 'southwest', 'west', 'northwest'];

const radians = (degrees) => (degrees * Math.PI) / 180;

export function meters(from, to) {
  const across = Math.sin(radians(to.latitude - from.latitude) / 2) ** 2
    + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(radians(to.longitude - from.longitude) / 2) ** 2;
  return 2 * EARTH_METERS * Math.asin(Math.sqrt(across));
}

/** One of eight, as seen from `from`. */
export function direction(from, to) {
  const east = Math.sin(radians(to.longitude - from.longitude)) * Math.cos(radians(to.latitude));
  const north = Math.cos(radians(from.latitude)) * Math.sin(radians(to.latitude))
    - Math.sin(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.cos(radians(to.longitude - from.longitude));
  const degrees = (Math.atan2(east, north) * 180) / Math.PI + 360;
  return DIRECTIONS[Math.round(degrees / 45) % 8];
}

class Whereabouts extends EventTarget {
  /** `{longitude, latitude, accuracy, at}`; null where it is not known */
  here = null;
  /** `denied`, `unavailable` or null */
  failure = null;
  #watch = null;

  /** Asks the person for permission where they have not given it yet; once for all that want to know. */
  follow() {
    if (this.#watch !== null) return;
    if (!navigator.geolocation) {
      this.failure = 'unavailable';
      this.dispatchEvent(new Event('change'));
      return;
    }
    this.#watch = navigator.geolocation.watchPosition(
      ({ coords, timestamp }) => {
        this.here = { longitude: coords.longitude, latitude: coords.latitude, accuracy: coords.accuracy, at: timestamp };
        this.failure = null;
        this.dispatchEvent(new Event('change'));
      },
      ({ code, PERMISSION_DENIED }) => {
        this.failure = code === PERMISSION_DENIED ? 'denied' : 'unavailable';
        if (code === PERMISSION_DENIED) this.rest();
        this.dispatchEvent(new Event('change'));
      },
      { enableHighAccuracy: true, maximumAge: 10_000, timeout: 20_000 });
  }

  /** Only where the person has said yes before: nobody is asked for their place out of the blue. */
  async followIfAllowed() {
    const permission = await navigator.permissions?.query({ name: 'geolocation' }).catch(() => null);
    if (permission?.state === 'granted') this.follow();
  }

  rest() {
    if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch);
    this.#watch = null;
  }
}

export const whereabouts = new Whereabouts();
