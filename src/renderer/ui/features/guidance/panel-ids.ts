export const scriptPanelId = 'guidance-script';
export const identityPanelId = 'guidance-identity';
