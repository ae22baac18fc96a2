/** Asterisk reads at most 1024 bytes of a line (`inbuf` in main/manager.c) and drops longer ones. */
export const MAX_LINE_BYTES = 1_000;

const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
/** C0 and C1 controls and the Unicode line ends: nothing that any reader could take for the end of a line. */
const LINE_BREAKERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

export type AmiFields = readonly (readonly [name: string, value: string])[];

/**
 * The bytes of one action. Values are made harmless (a control character becomes a space), so nothing in them can end a
 * line. A bad header name or a line that Asterisk would drop is a bug of the caller and throws.
 */
export const encodeAction = (action: string, actionId: string, headers: AmiFields): string => {
  const lines = [['Action', action] as const, ['ActionID', actionId] as const, ...headers].map(
    ([name, value]) => {
      if (!HEADER_NAME.test(name)) throw new RangeError(`not an AMI header: ${name}`);
      const line = `${name}: ${value.replace(LINE_BREAKERS, ' ')}`;
      if (Buffer.byteLength(line) > MAX_LINE_BYTES)
        throw new RangeError(`AMI header too long: ${name}`);
      return line;
    },
  );
  return `${lines.join('\r\n')}\r\n\r\n`;
};
