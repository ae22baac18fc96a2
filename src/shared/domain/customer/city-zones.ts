/**
 * Large cities of countries with more than one clock, where the IANA zone is not named after the city. Names without
 * accents, in lower case.
 */
const citiesOfZone: Readonly<Record<string, readonly string[]>> = {
  'Europe/Madrid': [
    ...['madrid', 'barcelona', 'valencia', 'sevilla', 'seville', 'zaragoza', 'malaga', 'murcia'],
    ...['palma', 'bilbao', 'alicante', 'cordoba', 'valladolid', 'vigo', 'gijon', 'a coruna'],
    ...['granada', 'vitoria-gasteiz', 'pamplona', 'san sebastian', 'santander', 'oviedo'],
  ],
  'Atlantic/Canary': ['las palmas', 'las palmas de gran canaria', 'santa cruz de tenerife'],
  'Europe/Lisbon': ['lisboa', 'lisbon', 'porto', 'vila nova de gaia', 'coimbra', 'faro', 'braga'],
  'Atlantic/Madeira': ['funchal'],
  'Atlantic/Azores': ['ponta delgada', 'angra do heroismo'],
  'America/New_York': [
    ...['new york', 'boston', 'miami', 'atlanta', 'philadelphia', 'washington', 'charlotte'],
    ...['orlando', 'tampa', 'pittsburgh', 'cleveland', 'columbus', 'baltimore', 'detroit'],
  ],
  'America/Chicago': [
    ...['chicago', 'houston', 'dallas', 'austin', 'san antonio', 'minneapolis', 'new orleans'],
    ...['st. louis', 'kansas city', 'milwaukee', 'nashville', 'memphis'],
  ],
  'America/Denver': ['denver', 'salt lake city', 'albuquerque', 'boulder', 'colorado springs'],
  'America/Los_Angeles': [
    ...['los angeles', 'san francisco', 'seattle', 'san diego', 'portland', 'las vegas'],
    ...['sacramento', 'san jose', 'oakland'],
  ],
  'America/Mexico_City': [
    ...['ciudad de mexico', 'mexico city', 'guadalajara', 'monterrey', 'puebla', 'leon'],
    ...['queretaro', 'toluca', 'veracruz'],
  ],
  'America/Sao_Paulo': [
    ...['sao paulo', 'rio de janeiro', 'belo horizonte', 'curitiba', 'porto alegre', 'brasilia'],
    ...['campinas', 'florianopolis', 'goiania', 'santos', 'vitoria'],
  ],
  'America/Bahia': ['salvador'],
  'Australia/Sydney': ['sydney', 'canberra', 'newcastle'],
};

const zoneOfCity: ReadonlyMap<string, string> = new Map(
  Object.entries(citiesOfZone).flatMap(([zone, cities]) =>
    cities.map((city) => [city, zone] as const),
  ),
);

/** The zone of a city by name; only meaningful among the zones of its country. */
export const zoneNamed = (plainCity: string): string | null => zoneOfCity.get(plainCity) ?? null;
