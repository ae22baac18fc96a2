/** Of the vendor that `authorisation.test.ts` starts. */
export const vendorSettings = {
  subdomain: 'acme',
  clientId: 'ringside-app',
  clientSecret: 'not-for-anybody',
  grant: 'client_credentials',
};
