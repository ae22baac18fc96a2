import type { AmiFailure } from '../ami/ami-connection.ts';
import type { PbxFailure } from '../pbx.ts';

/** No answer and no connection are the same to the caller: the PBX is away. */
export const pbxFailure = (why: AmiFailure): PbxFailure => ({
  code: why.code === 'refused' ? 'pbx_refused' : 'pbx_away',
  message: why.message,
});
