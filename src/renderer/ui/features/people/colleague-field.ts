export const colleagueFieldId = 'colleague-search';
