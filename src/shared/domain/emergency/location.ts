/** Where somebody is whom help has to find: a dispatchable location (47 CFR §9.3), street address and what lies within. */
export type PlaceAddress = {
  /** With the house's number. */
  readonly street: string;
  /** Floor, apartment, room; empty: none. */
  readonly unit: string;
  readonly city: string;
  /** State or province; empty: none. */
  readonly region: string;
  readonly postalCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
};

/**
 * Whether people who work in this country are asked where they are. US: a call to 911 has to carry a dispatchable location
 * (RAY BAUM's Act §506; 47 CFR §9.16(b)(3)), and of remote workers nobody else knows it.
 */
export const asksForAddress = (country: string): boolean => country === 'US';

/** All but letters, digits and `-._~`. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/gu,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** As civic address elements (RFC 4776 §3.4, RFC 5139 §3.1) in one line, each value percent-encoded. */
export const locationLine = (address: PlaceAddress): string => {
  const [, house = '', road = address.street] =
    /^(\d+[A-Za-z]?)\s+(.+)$/u.exec(address.street) ?? [];
  const elements = {
    country: address.country,
    A1: address.region,
    A3: address.city,
    RD: road,
    HNO: house,
    LOC: address.unit,
    PC: address.postalCode,
  };
  return Object.entries(elements)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join(',');
};

/** In one line, for people. */
export const addressText = (address: PlaceAddress): string =>
  [
    address.street,
    address.unit,
    address.city,
    [address.region, address.postalCode].filter(Boolean).join(' '),
  ]
    .filter(Boolean)
    .join(', ');
