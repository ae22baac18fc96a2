export const dialFieldId = 'dial-number';
