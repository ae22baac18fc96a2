import { Type, type Static, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import type { Immutable } from '../../../shared/immutable.ts';
import type { KeyService } from '../keeping/key-service.ts';

/** What is encrypted at rest for a connection (AES-256-GCM), bound to the connection and to what it is. */
export type Sealed = {
  readonly secrets: Seal<Readonly<Record<string, string>>>;
  readonly tokens: Seal<Immutable<Static<typeof tokensSchema>>>;
  /** RFC 7636: kept while somebody signs in at the vendor. */
  readonly verifier: Seal<string>;
};

type Seal<Value> = {
  readonly close: (connectionId: string, value: Value) => Promise<Buffer>;
  /** null: there is nothing, its key is not here any more, or the bytes are not what they were. */
  readonly open: (connectionId: string, sealed: Buffer | null) => Promise<Value | null>;
};

const textsSchema = Type.Record(Type.String(), Type.String());
const tokensSchema = Type.Object({
  accessToken: Type.String(),
  refreshToken: Type.Optional(Type.String()),
  expiresAt: Type.Optional(Type.Number()),
  scopes: Type.Optional(Type.Array(Type.String())),
  facts: Type.Optional(textsSchema),
});

/** The id of the key stands first, so that a key may be replaced while older bytes stay readable. */
const keyIdBytes = 8;

export const createSealed = (keys: KeyService): Sealed => {
  const sealOf = <Schema extends TSchema>(
    what: string,
    schema: Schema,
  ): Seal<Immutable<Static<Schema>>> => ({
    close: async (connectionId, value) => {
      const plain = Buffer.from(JSON.stringify(value), 'utf8');
      const body = await keys.wrap(plain, `connection ${connectionId} ${what}`);
      return Buffer.concat([Buffer.from(keys.currentId, 'hex'), body]);
    },
    open: async (connectionId, sealed) => {
      if (sealed === null) return null;
      const keyId = sealed.subarray(0, keyIdBytes).toString('hex');
      const body = sealed.subarray(keyIdBytes);
      const opened = await keys.unwrap(keyId, body, `connection ${connectionId} ${what}`);
      if (!opened.ok) return null;
      const value: unknown = JSON.parse(opened.value.toString('utf8'));
      if (!Value.Check(schema, value)) return null;
      // What was read is changed by nobody.
      return value;
    },
  });
  return {
    secrets: sealOf('secrets', textsSchema),
    tokens: sealOf('tokens', tokensSchema),
    verifier: sealOf('verifier', Type.String()),
  };
};
