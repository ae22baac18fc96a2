/**
 * Numbers for help, by country (ISO 3166-1). Everywhere: 112 and 911, and 000, 08, 110, 118, 119 and 999, which a phone
 * takes for emergency numbers without being told by a network (3GPP TS 22.101 §10.1). By country: the national numbering
 * plans as of 2025.
 */
const everywhere: readonly string[] = ['112', '911', '000', '08', '110', '118', '119', '999'];

const byCountry: Readonly<Record<string, readonly string[]>> = {
  AR: ['100', '101', '107'],
  AU: ['106'],
  BR: ['190', '191', '192', '193', '194', '197', '198', '199'],
  CL: ['131', '132', '133'],
  CO: ['123'],
  ES: ['061', '062', '080', '085', '091', '092'],
  FR: ['15', '17', '18', '114', '115', '196'],
  IN: ['100', '101', '102', '108'],
  IT: ['113', '115'],
  JP: ['118'],
  NZ: ['111'],
  PE: ['105', '106', '116'],
  PT: ['115', '117'],
  UY: ['104', '105', '109'],
  ZA: ['10111', '10177'],
};

/** Whether somebody who dials this in `country` calls for help; spaces and punctuation do not matter. */
export const isEmergencyNumber = (text: string, country: string): boolean => {
  const digits = text.replace(/[\s().-]/gu, '');
  return everywhere.includes(digits) || (byCountry[country] ?? []).includes(digits);
};
