import { join } from 'node:path';
import type { SipEdge } from '../shared/api/routes.ts';
import type { Result } from '../shared/result.ts';
import { failure, success } from '../shared/result.ts';
import { readKey } from './keys.ts';
import type { MailConfig } from './modules/summaries/summary-mail.ts';
import { parseAmiUrl, type AmiAddress } from './pbx/ami/ami-address.ts';
import { parseAriUrl, type AriAddress } from './pbx/asterisk/ari-client.ts';
import { readRelayUrls, type RelayConfig } from './relay.ts';
import { readSipEdges } from './sip-edges.ts';

/** How the telephone exchange is reached. */
export type PbxConfig =
  | {
      readonly kind: 'asterisk';
      readonly ami: AmiAddress;
      readonly ari: AriAddress;
      /** True where this PBX runs with our own configuration, which has customers for the demo. */
      readonly isOurs: boolean;
    }
  | {
      readonly kind: 'none';
      /** File of the agents' accounts at a plain SIP service; null: phones get none. */
      readonly sipAccountsPath: string | null;
    };

/** Where encrypted recordings are kept. */
export type RecordingStoreConfig =
  | { readonly kind: 'folder'; readonly path: string }
  /** A bucket of a store that speaks Amazon's S3; files wait in the folder until they are there. */
  | {
      readonly kind: 's3';
      readonly path: string;
      /** With the bucket and, it may be, a prefix: `https://s3.example/bucket/calls`. */
      readonly url: string;
      readonly region: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    };

export type Config = {
  readonly databaseUrl: string;
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  readonly pbx: PbxConfig;
  /** WebSocket addresses that phones are told; none: phones get no account. */
  readonly sipEdges: readonly SipEdge[];
  readonly sipDomain: string;
  /** Carries sound for phones that cannot send UDP to the PBX; null: there is none. */
  readonly relay: RelayConfig | null;
  /** What a phone dials for its agent's own mailbox; null: there is none. */
  readonly voicemailNumber: string | null;
  /** ISO 3166-1: numbers without a country code are read as of this country. */
  readonly country: string;
  /** Where the program's new versions come from; null: nowhere. */
  readonly updates: string | null;
  /** Recordings as this process sees them, and as the PBX sees the same folder. */
  readonly recordingsPath: string;
  readonly pbxRecordingsPath: string;
  /** Where keys are kept that the environment does not give. */
  readonly dataPath: string;
  /** Seed of the key that signs the chain; null: made once, and kept in the data folder. */
  readonly chainKey: Buffer | null;
  /** Wraps the keys of recordings; null: made once, and kept in the data folder. */
  readonly recordingKey: Buffer | null;
  /** Those that did so before, to open what they wrapped. */
  readonly recordingKeysBefore: readonly Buffer[];
  readonly recordingStore: RecordingStoreConfig;
  /** Wrap the secrets of connections, the first for new ones; none: one is made, and kept in the data folder. */
  readonly connectionKeys: readonly Buffer[];
  /** Where browsers reach this backend, without a slash at its end: vendors send people back there. '': as they came. */
  readonly publicUrl: string;
  /** Other origins to talk to instead of vendors' own, such as a proxy's. */
  readonly vendorOrigins: ReadonlyMap<string, string>;
  /** With which a survey of the company's signs its answers; null: made once, and kept in the data folder. */
  readonly surveyKey: Buffer | null;
  /** How summaries are sent; null: no mail server is set. */
  readonly mail: MailConfig | null;
  /** Where summaries are written. */
  readonly summariesPath: string;
  readonly demo: boolean;
  /** A desk may be unheard of for so long before its agent is not ready. */
  readonly deskGraceMs: number;
  /** IANA name: where "today" begins at midnight. */
  readonly timeZone: string;
  readonly logLevel: string;
  /** Stop when standard input closes: the process that started this one is gone. */
  readonly stopsWithParent: boolean;
};

type Environment = Readonly<Record<string, string | undefined>>;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Every problem of the environment at once, each naming its variable. */
export const readConfig = (environment: Environment): Result<Config, readonly string[]> => {
  const problems: string[] = [];

  const text = (name: string, otherwise: string): string => {
    const given = environment[name]?.trim();
    return given === undefined || given === '' ? otherwise : given;
  };
  const url = (name: string, protocols: readonly string[], otherwise: string): string => {
    const given = text(name, otherwise);
    if (given === '') {
      problems.push(`${name} is missing: expected a URL such as ${protocols[0] ?? ''}//…`);
      return given;
    }
    const parsed = URL.parse(given);
    if (parsed === null || !protocols.includes(parsed.protocol)) {
      // The value may hold a secret: it is never repeated.
      problems.push(`${name} is not a URL that begins with ${protocols.join(' or ')}//`);
    }
    return given;
  };
  const port = (name: string): number => {
    const given = text(name, '0');
    const value = Number(given);
    if (!/^\d{1,5}$/u.test(given) || value > 65_535) {
      problems.push(`${name} is not a port: "${given}" (0 to 65535; 0 takes a free one)`);
      return 0;
    }
    return value;
  };
  const seconds = (name: string, otherwise: number): number => {
    const given = text(name, String(otherwise));
    if (!/^\d{1,5}$/u.test(given) || Number(given) === 0) {
      problems.push(`${name} is not a time: "${given}" (seconds, 1 to 99999)`);
      return otherwise;
    }
    return Number(given);
  };
  const flag = (name: string): boolean => {
    const given = text(name, '0');
    if (!['0', '1', 'true', 'false'].includes(given)) {
      problems.push(`${name} is not a switch: "${given}" (1 or 0)`);
    }
    return given === '1' || given === 'true';
  };
  const oneOf = (name: string, values: readonly string[], otherwise: string): string => {
    const given = text(name, otherwise);
    if (!values.includes(given)) {
      problems.push(`${name} is "${given}", expected one of ${values.join(', ')}`);
    }
    return given;
  };
  const timeZone = (name: string): string => {
    const given = text(name, new Intl.DateTimeFormat().resolvedOptions().timeZone);
    try {
      new Intl.DateTimeFormat('en', { timeZone: given });
    } catch {
      problems.push(`${name} is not a time zone: "${given}" (such as Europe/Lisbon)`);
    }
    return given;
  };

  const keys = (name: string): readonly Buffer[] => {
    const given = text(name, '')
      .split(/[\s,]+/u)
      .filter((each) => each !== '');
    const values = given.flatMap((each) => readKey(each) ?? []);
    if (values.length < given.length) {
      problems.push(`${name} is no key: expected 32 bytes in base64 (openssl rand -base64 32)`);
    }
    return values;
  };
  const key = (name: string): Buffer | null => keys(name)[0] ?? null;
  const recordingStore = (dataPath: string): RecordingStoreConfig => {
    const given = text('RINGSIDE_RECORDING_STORE', join(dataPath, 'kept'));
    if (!/^https?:/u.test(given)) return { kind: 'folder', path: given };
    if ((URL.parse(given)?.pathname ?? '/') === '/') {
      problems.push('RINGSIDE_RECORDING_STORE names no bucket: expected https://HOST/BUCKET');
    }
    const secret = (name: string): string => {
      const value = text(name, '');
      if (value === '') problems.push(`${name} is missing: RINGSIDE_RECORDING_STORE needs it`);
      return value;
    };
    return {
      kind: 's3',
      path: join(dataPath, 'kept'),
      url: given.replace(/\/+$/u, ''),
      region: text('RINGSIDE_S3_REGION', 'us-east-1'),
      accessKeyId: secret('RINGSIDE_S3_ACCESS_KEY'),
      secretAccessKey: secret('RINGSIDE_S3_SECRET_KEY'),
    };
  };

  const mail = (): MailConfig | null => {
    if (text('RINGSIDE_SMTP_URL', '') === '') return null;
    const given = url('RINGSIDE_SMTP_URL', ['smtps:', 'smtp:'], '');
    const from = text('RINGSIDE_MAIL_FROM', '');
    if (!/^[^@\r\n]+@[^@\s]+$/u.test(from)) {
      problems.push('RINGSIDE_MAIL_FROM is no address: RINGSIDE_SMTP_URL needs one to send from');
    }
    return { url: given, from };
  };

  /** `https://acme.zendesk.com=https://proxy.example`, separated by blanks or commas. */
  const vendorOrigins = (): ReadonlyMap<string, string> => {
    const pairs = text('RINGSIDE_VENDOR_ORIGINS', '')
      .split(/[\s,]+/u)
      .filter((pair) => pair !== '')
      .map((pair): [string, string] => {
        const [from = '', to = ''] = pair.split('=');
        return [URL.parse(from)?.origin ?? '', URL.parse(to)?.origin ?? ''];
      });
    if (pairs.some(([from, to]) => from === '' || to === '')) {
      problems.push('RINGSIDE_VENDOR_ORIGINS is wrong: expected https://VENDOR=https://PROXY');
    }
    return new Map(pairs);
  };

  const relay = (): RelayConfig | null => {
    const urls = readRelayUrls(text('RINGSIDE_TURN_URL', ''));
    const secret = text('RINGSIDE_TURN_SECRET', '');
    if (!urls.ok) problems.push(`RINGSIDE_TURN_URL ${urls.why}`);
    if (!urls.ok || urls.value.length === 0) return null;
    if (secret === '') {
      problems.push(
        'RINGSIDE_TURN_SECRET is missing: the secret that the relay of RINGSIDE_TURN_URL shares',
      );
    }
    return { urls: urls.value, secret };
  };

  const address = <Address>(
    name: string,
    parse: (given: string) => Result<Address, string>,
  ): Address | null => {
    const parsed = parse(text(name, ''));
    if (parsed.ok) return parsed.value;
    problems.push(`${name} is ${text(name, '') === '' ? 'missing' : 'wrong'}: ${parsed.why}`);
    return null;
  };

  const pbxKind = text('RINGSIDE_PBX', 'embedded');
  const ami = pbxKind === 'none' ? null : address('RINGSIDE_AMI_URL', parseAmiUrl);
  const ari = pbxKind === 'none' ? null : address('RINGSIDE_ARI_URL', parseAriUrl);
  const pbx: PbxConfig =
    ami === null || ari === null
      ? { kind: 'none', sipAccountsPath: text('RINGSIDE_SIP_ACCOUNTS', '') || null }
      : { kind: 'asterisk', ami, ari, isOurs: pbxKind !== 'asterisk' };
  const givenEdges = text('RINGSIDE_SIP_URL', '');
  const readEdges = readSipEdges(givenEdges);
  if (!readEdges.ok && (pbxKind !== 'none' || givenEdges !== '')) {
    problems.push(`RINGSIDE_SIP_URL ${readEdges.why}`);
  }
  const sipEdges = readEdges.ok ? readEdges.value : [];
  if (pbxKind === 'none' && text('RINGSIDE_SIP_ACCOUNTS', '') !== '' && givenEdges === '') {
    problems.push('RINGSIDE_SIP_URL is missing: RINGSIDE_SIP_ACCOUNTS names accounts of a service');
  }
  const dataPath = text('RINGSIDE_DATA', 'data');
  const recordingsPath = text('RINGSIDE_RECORDINGS', join(dataPath, 'recordings'));
  // Our own configuration has mailboxes; of another PBX nothing is known.
  const voicemailNumber = text(
    'RINGSIDE_VOICEMAIL_NUMBER',
    pbx.kind === 'asterisk' && pbx.isOurs ? '*97' : '',
  );
  if (!/^[*#+0-9]{0,32}$/u.test(voicemailNumber)) {
    problems.push(
      `RINGSIDE_VOICEMAIL_NUMBER is "${voicemailNumber}", expected what a phone can dial, such as *97`,
    );
  }
  const country = text('RINGSIDE_COUNTRY', 'US').toUpperCase();
  if (!/^[A-Z]{2}$/u.test(country)) {
    problems.push(`RINGSIDE_COUNTRY is "${country}", expected two letters such as US (ISO 3166-1)`);
  }

  const config: Config = {
    databaseUrl: url('DATABASE_URL', ['postgres:', 'postgresql:'], ''),
    host: text('RINGSIDE_BACKEND_HOST', '127.0.0.1'),
    port: port('RINGSIDE_BACKEND_PORT'),
    pbx,
    sipEdges,
    sipDomain: text(
      'RINGSIDE_SIP_DOMAIN',
      URL.parse(sipEdges[0]?.url ?? '')?.hostname ?? 'localhost',
    ),
    relay: relay(),
    voicemailNumber: voicemailNumber === '' ? null : voicemailNumber,
    country,
    updates:
      text('RINGSIDE_UPDATES', '') === '' ? null : url('RINGSIDE_UPDATES', ['https:', 'http:'], ''),
    recordingsPath,
    pbxRecordingsPath: text('RINGSIDE_PBX_RECORDINGS', recordingsPath),
    dataPath,
    chainKey: key('RINGSIDE_CHAIN_KEY'),
    recordingKey: key('RINGSIDE_RECORDING_KEY'),
    recordingKeysBefore: keys('RINGSIDE_RECORDING_KEYS_BEFORE'),
    recordingStore: recordingStore(dataPath),
    connectionKeys: keys('RINGSIDE_CONNECTION_KEY'),
    publicUrl: (text('RINGSIDE_PUBLIC_URL', '') === ''
      ? ''
      : url('RINGSIDE_PUBLIC_URL', ['https:', 'http:'], '')
    ).replace(/\/+$/u, ''),
    vendorOrigins: vendorOrigins(),
    surveyKey: key('RINGSIDE_SURVEY_KEY'),
    mail: mail(),
    summariesPath: text('RINGSIDE_SUMMARIES', join(dataPath, 'summaries')),
    demo: flag('RINGSIDE_DEMO'),
    deskGraceMs: seconds('RINGSIDE_DESK_GRACE', 20) * 1_000,
    timeZone: timeZone('RINGSIDE_TIME_ZONE'),
    logLevel: oneOf('RINGSIDE_LOG', logLevels, 'info'),
    stopsWithParent: text('RINGSIDE_PARENT', '') === 'stdin',
  };
  return problems.length === 0 ? success(config) : failure(problems);
};
