export const historyFieldId = 'history-search';
