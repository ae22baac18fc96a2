/** The first field of the page of reports. */
export const reportFieldId = 'report-period';
