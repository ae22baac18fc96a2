export const searchFieldId = 'customer-search';

export const focusSearchField = (): void => {
  document.getElementById(searchFieldId)?.focus();
};
