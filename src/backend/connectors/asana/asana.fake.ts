import {
  tokenOf,
  type Asked,
  type Told,
  type VendorModel,
} from '../../../../tests/support/connectors/fake-vendor.ts';

type TaskInput = {
  readonly name?: string;
  readonly notes?: string;
  readonly projects?: readonly string[];
  readonly external?: { readonly gid?: string };
};
type FakeTask = {
  readonly gid: string;
  readonly name: string;
  readonly notes: string;
  readonly external: string;
};

const rightProject = '1201234567890123';

/** So much of Asana as the connector asks for: a user, one project, tasks by their own and by our id. */
export const asanaFake = (): VendorModel => {
  const tasks: FakeTask[] = [];

  const told = ({ gid, name }: FakeTask, status: number, { query }: Asked): Told => {
    const wanted = (query.get('opt_fields') ?? '').split(',');
    const link = { permalink_url: `https://app.asana.com/0/${rightProject}/${gid}` };
    const data = { gid, resource_type: 'task', name };
    return {
      status,
      body: { data: wanted.includes('permalink_url') ? { ...data, ...link } : data },
    };
  };

  const createTask = (asked: Asked): Told => {
    const {
      name = '',
      notes = '',
      projects = [],
      external,
    } = (asked.body as { data: TaskInput }).data;
    if (projects[0] !== rightProject || projects.length !== 1) return refusal(400);
    if (notes.length > 65_535 || name.length > 1_024) return refusal(400);
    const gid = external?.gid ?? '';
    if (gid.length > 1_024) return refusal(400);
    if (gid !== '' && tasks.some((task) => task.external === gid)) return refusal(400);
    const task = { gid: String(1_300 + tasks.length), name, notes, external: gid };
    tasks.push(task);
    return told(task, 201, asked);
  };

  const getTask = (asked: Asked, id: string | undefined): Told => {
    const external = /^external:(.+)$/u.exec(id ?? '')?.[1];
    const task = tasks.find((each) =>
      external === undefined ? each.gid === id : each.external === external,
    );
    return task === undefined ? refusal(404) : told(task, 200, asked);
  };

  const refusal = (status: number): Told => ({
    status,
    body: {
      errors: [{ message: 'project: Ana Pires is not a gid', help: 'For more information' }],
    },
    ...(status === 429 ? { headers: { 'retry-after': '2' } } : {}),
  });

  return {
    routes: {
      'GET /api/1.0/users/me': () => ({
        status: 200,
        body: { data: { gid: '12', resource_type: 'user', name: 'Ringside' } },
      }),
      'GET /api/1.0/projects/:gid': (_, { gid }) =>
        gid === rightProject
          ? { status: 200, body: { data: { gid, resource_type: 'project', name: 'Second line' } } }
          : refusal(404),
      'POST /api/1.0/tasks': createTask,
      'GET /api/1.0/tasks/:gid': (asked, { gid }) => getTask(asked, gid),
    },
    refusesCaller: (asked, goodTokens) =>
      goodTokens.has(tokenOf(asked)) ? undefined : refusal(401),
    refusal,
    addPerson: () => '1',
    addItem: () => '1',
    addArticle: () => '1',
    peopleCount: () => 0,
    written: (key) => tasks.filter(({ external }) => external === key).length,
    texts: () => tasks.map(({ name, notes }) => `${name}\n${notes}`),
    settings: { clientId: '1209', clientSecret: 'not-for-anybody', project: rightProject },
    origins: ['https://app.asana.com'],
    description: { file: 'asana-tasks.json', prefix: '/api/1.0' },
  };
};
