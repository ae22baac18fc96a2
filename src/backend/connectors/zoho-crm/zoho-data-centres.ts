import type { Settings } from '../ask.ts';

type Hosts = {
  readonly accounts: string;
  readonly api: string;
  /** Where people work with it. */
  readonly pages: string;
};

const hostsOf = (ending: string): Hosts => ({
  accounts: `accounts.zoho.${ending}`,
  api: `www.zohoapis.${ending}`,
  pages: `crm.zoho.${ending}`,
});

/** By what stands at the end of Zoho's addresses there ("Multi DC"); Canada's are of another domain. */
export const dataCentres: Readonly<Record<string, Hosts>> = {
  com: hostsOf('com'),
  eu: hostsOf('eu'),
  in: hostsOf('in'),
  'com.au': hostsOf('com.au'),
  jp: hostsOf('jp'),
  ca: {
    accounts: 'accounts.zohocloud.ca',
    api: 'www.zohoapis.ca',
    pages: 'crm.zohocloud.ca',
  },
  sa: hostsOf('sa'),
  'com.cn': hostsOf('com.cn'),
};

export const dataCentreOf = ({ dataCentre = 'com' }: Settings): Hosts =>
  dataCentres[dataCentre] ?? hostsOf('com');
