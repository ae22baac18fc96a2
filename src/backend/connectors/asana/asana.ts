import { success } from '../../../shared/result.ts';
import type { Ask, RepeatedAsk } from '../ask.ts';
import { plainText } from '../call-text.ts';
import type { Account, Connection, Connector, Escalation, Logged, Opened } from '../connector.ts';
import { shortened, textOfEscalation } from '../escalation-text.ts';
import type { Outcome } from '../failure.ts';
import type { Dialect } from '../http/dialect.ts';
import { path } from '../http/vendor-http.ts';
import { namedSchema, taskAnswerSchema, type AsanaTask } from './asana-answers.ts';

const origin = 'https://app.asana.com';
/** Asana's longest name and notes of a task. */
const longestName = 1_024;
const longestNotes = 65_000;

/**
 * `{"errors":[{"message","help","phrase"}]}`: sentences, which may quote what was sent. 402 is what the plan lacks, 451 what may
 * not be had for the law's sake.
 */
const dialect: Dialect = {
  readRefusal: ({ status }) => (status === 402 || status === 451 ? { kind: 'forbidden' } : {}),
  requestIdHeader: 'x-asana-request-id',
};

const open = ({ http, settings }: Opened): Connection => {
  const { project = '' } = settings;
  const onlyLink = { opt_fields: 'permalink_url' };

  const loggedAs = ({ gid, permalink_url: link }: AsanaTask): Logged => ({
    type: 'task',
    id: gid,
    url:
      link?.startsWith(`${origin}/`) === true ? link : `${origin}/0/0/${encodeURIComponent(gid)}`,
  });

  const testConnection = async (ask: Ask): Promise<Outcome<Account>> => {
    const asked = { what: 'read the own user', method: 'GET', path: '/users/me' } as const;
    const query = { opt_fields: 'name' };
    const user = await http.request({ ...asked, query }, namedSchema, ask);
    if (!user.ok) return user;
    const inProject = { what: 'read the project', path: path`/projects/${project}` } as const;
    const found = await http.request({ ...inProject, method: 'GET', query }, namedSchema, ask);
    if (!found.ok) return found;
    const name = `${user.value.body.data.name}, ${plainText(found.value.body.data.name, 60)}`;
    return success({ name, facts: {} });
  };

  /** By our own id of it, which only our OAuth client sees (Custom external data). */
  const findTask = async (key: string, ask: Ask): Promise<Outcome<AsanaTask | null>> => {
    const asked = { what: 'read the task', method: 'GET' } as const;
    const at = path`/tasks/external:${key}`;
    const answer = await http.request(
      { ...asked, path: at, query: onlyLink },
      taskAnswerSchema,
      ask,
    );
    if (answer.ok) return success(answer.value.body.data);
    return answer.why.kind === 'not_found' ? success(null) : answer;
  };

  const createTask = async (given: Escalation, ask: Ask): Promise<Outcome<AsanaTask>> => {
    const data = {
      name: shortened(given.subject.replaceAll(/\s+/gu, ' ').trim(), longestName),
      notes: textOfEscalation(given, longestNotes),
      projects: [project],
      external: { gid: given.key },
    };
    const asked = { what: 'create task', method: 'POST', path: '/tasks', query: onlyLink } as const;
    const answer = await http.request({ ...asked, json: { data } }, taskAnswerSchema, ask);
    return answer.ok ? success(answer.value.body.data) : answer;
  };

  const escalate = async (given: Escalation, ask: RepeatedAsk): Promise<Outcome<Logged>> => {
    const found = ask.mayExist ? await findTask(given.key, ask) : success(null);
    if (!found.ok) return found;
    if (found.value !== null) return success(loggedAs(found.value));
    const made = await createTask(given, ask);
    return made.ok ? success(loggedAs(made.value)) : made;
  };

  return { testConnection, escalate };
};

export const asana: Connector = {
  id: 'asana',
  name: 'Asana',
  fields: [
    {
      name: 'clientId',
      label: {
        en: 'OAuth client: identifier',
        es: 'Cliente OAuth: identificador',
        pt: 'Cliente OAuth: identificador',
      },
      help: {
        en: 'An app of yours at app.asana.com/0/my-apps, with the permissions to read and write tasks and to read projects and users.',
        es: 'Una app propia en app.asana.com/0/my-apps, con permiso para leer y escribir tareas y para leer proyectos y usuarios.',
        pt: 'Um app seu em app.asana.com/0/my-apps, com permissão para ler e gravar tarefas e para ler projetos e usuários.',
      },
      pattern: /\d{1,30}/u,
    },
    {
      name: 'clientSecret',
      label: {
        en: 'OAuth client: secret',
        es: 'Cliente OAuth: secreto',
        pt: 'Cliente OAuth: segredo',
      },
      isSecret: true,
    },
    {
      name: 'project',
      label: { en: 'Project: number', es: 'Proyecto: número', pt: 'Projeto: número' },
      help: {
        en: 'Where tasks are put; it stands in the address of the project.',
        es: 'Donde se crean las tareas; está en la dirección del proyecto.',
        pt: 'Onde as tarefas são criadas; está no endereço do projeto.',
      },
      pattern: /\d{1,30}/u,
      example: '1201234567890123',
    },
  ],
  // Personal tokens see no external id, by which a task is found again: OAuth alone. An app with full permissions instead of
  // these refuses them (`forbidden_scopes`).
  authentication: {
    kind: 'oauth2',
    grant: () => 'authorization_code',
    authorizeUrl: () => `${origin}/-/oauth_authorize`,
    tokenUrl: () => `${origin}/-/oauth_token`,
    revokeUrl: () => `${origin}/-/oauth_revoke`,
    scopes: ['tasks:read', 'tasks:write', 'projects:read', 'users:read'],
    hasPkce: true,
  },
  // 150 a minute in the free plan.
  rate: { requests: 150, perMs: 60_000, atOnce: 5 },
  dialect,
  baseUrl: () => `${origin}/api/1.0`,
  open,
};
