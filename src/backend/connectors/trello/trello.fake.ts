import type { Asked, Told, VendorModel } from '../../../../tests/support/connectors/fake-vendor.ts';

type FakeCard = {
  readonly id: string;
  readonly idList: string;
  readonly name: string;
  readonly desc: string;
  readonly shortUrl: string;
};
type CardInput = { readonly idList?: string; readonly name?: string; readonly desc?: string };

const rightKey = '0123456789abcdef0123456789abcdef';
const rightToken = 'ATTAnot-for-anybody-at-all';
const rightList = '5f0000000000000000000001';

/** So much of Trello as the connector asks for: a member and one list. */
export const trelloFake = (isArchived = false): VendorModel => {
  const cards: FakeCard[] = [];

  const createCard = ({ body }: Asked): Told => {
    const { idList, name = '', desc = '' } = body as CardInput;
    if (idList !== rightList) return { status: 400, text: 'invalid value for idList: Ana Pires' };
    if (name.length > 16_384 || desc.length > 16_384) {
      return { status: 400, text: 'invalid value for desc: Ana Pires' };
    }
    const id = `5f00000000000000000000${String(cards.length + 16)}`;
    const card = { id, idList, name, desc, shortUrl: `https://trello.com/c/${id.slice(-8)}` };
    cards.push(card);
    return { status: 200, body: { ...card, closed: false, url: `${card.shortUrl}/1-card` } };
  };

  const refusal = (status: number): Told => {
    if (status === 429) {
      return {
        status,
        body: { error: 'API_TOKEN_LIMIT_EXCEEDED', message: 'Rate limit exceeded' },
      };
    }
    if (status === 401) return { status, text: 'invalid token' };
    return { status, text: 'The requested resource of Ana Pires was not found.' };
  };

  const ofList = (id: string | undefined, tell: () => Told): Told =>
    id === rightList ? tell() : { status: 400, text: 'invalid id' };

  return {
    routes: {
      'GET /1/members/me': () => ({ status: 200, body: { id: '5e', fullName: 'Ringside' } }),
      'GET /1/lists/:id': (_, { id }) =>
        ofList(id, () => ({
          status: 200,
          body: { id, name: 'Escalated', closed: isArchived },
        })),
      'GET /1/lists/:id/cards': ({ query }, { id }) =>
        ofList(id, () => {
          const wanted = (query.get('fields') ?? '').split(',');
          const told = cards.map((card) =>
            Object.fromEntries(
              Object.entries(card).filter(([name]) => name === 'id' || wanted.includes(name)),
            ),
          );
          return { status: 200, body: told };
        }),
      'POST /1/cards': createCard,
    },
    refusesCaller: ({ query }) => {
      if (query.get('key') !== rightKey) return { status: 401, text: 'invalid key' };
      return query.get('token') === rightToken ? undefined : refusal(401);
    },
    refusal,
    addPerson: () => '1',
    addItem: () => '1',
    addArticle: () => '1',
    peopleCount: () => 0,
    written: (key) =>
      cards.filter(({ desc }) => desc.split('\n').includes(`Ringside ${key}`)).length,
    texts: () => cards.map(({ name, desc }) => `${name}\n${desc}`),
    settings: { apiKey: rightKey, token: rightToken, listId: rightList },
    origins: ['https://api.trello.com'],
    description: { file: 'trello-cards.json', prefix: '/1' },
  };
};
