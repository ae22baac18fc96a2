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

/** Of those that phones know everywhere the ones that call for help here; elsewhere they may be somebody's extension. */
const alsoHere: Readonly<Record<string, readonly string[]>> = {
  ...{
    AU: ['000'],
    CH: ['118'],
    CN: ['110', '119'],
    DE: ['110'],
    GB: ['999'],
    GT: ['110'],
    HK: ['999'],
  },
  ...{
    ID: ['110', '118', '119'],
    IE: ['999'],
    IT: ['118'],
    JM: ['110', '119'],
    JP: ['110', '118', '119'],
  },
  ...{ KR: ['119'], MX: ['08'], MY: ['999'], PL: ['999'], SG: ['999'], TW: ['110', '119'] },
};

/**
 * All that is put through as a call for help in `country`, and told as one. Less than `isEmergencyNumber`, which is for
 * numbers that nobody should dial by mistake: 110 may be a colleague.
 */
export const emergencyNumbersOf = (country: string): readonly string[] => [
  ...new Set(['112', '911', ...(byCountry[country] ?? []), ...(alsoHere[country] ?? [])]),
];

const digitsOf = (text: string): string => text.replace(/[\s().-]/gu, '');

/** Whether a call that is made to this calls for help. */
export const callsForHelp = (text: string, country: string): boolean =>
  emergencyNumbersOf(country).includes(digitsOf(text));

/**
 * The number to offer where somebody looks for help without knowing which: the one that leads to most services, by the
 * national plans as above.
 */
const offered: Readonly<Record<string, string>> = {
  ...{
    AU: '000',
    BR: '190',
    CL: '133',
    CO: '123',
    GB: '999',
    GT: '110',
    JP: '119',
    NZ: '111',
    PE: '105',
  },
  ...{
    AR: '911',
    CA: '911',
    CR: '911',
    DO: '911',
    EC: '911',
    HN: '911',
    MX: '911',
    PA: '911',
    PR: '911',
  },
  ...{ PY: '911', SV: '911', US: '911', UY: '911', VE: '911' },
};

export const offeredEmergencyNumber = (country: string): string => offered[country] ?? '112';

/** Whether somebody who dials this in `country` calls for help; spaces and punctuation do not matter. */
export const isEmergencyNumber = (text: string, country: string): boolean => {
  const digits = digitsOf(text);
  return everywhere.includes(digits) || (byCountry[country] ?? []).includes(digits);
};
