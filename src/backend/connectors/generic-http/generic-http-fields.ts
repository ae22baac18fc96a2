import type { Label } from '../../../shared/api/records.ts';
import type { SettingField } from '../connector.ts';

const label = (en: string, es: string, pt: string): Label => ({ en, es, pt });

const optional = (
  name: string,
  texts: Label,
  more: Omit<SettingField, 'name' | 'label' | 'isOptional'> = {},
): SettingField => ({ name, label: texts, isOptional: true, ...more });

const secret = { isSecret: true, pattern: /[\x20-\x7e]{1,2000}/u } as const;
const jsonBody = label(
  'JSON; with it the request is a POST.',
  'JSON; con él la solicitud es un POST.',
  'JSON; com ele a requisição é um POST.',
);

const ofAccess: readonly SettingField[] = [
  {
    name: 'baseUrl',
    label: label('Base address', 'Dirección base', 'Endereço base'),
    help: label(
      'All requests go to it and to nothing else.',
      'Todas las solicitudes van a ella y a ninguna otra.',
      'Todas as requisições vão para ele e para nenhum outro.',
    ),
    pattern: /https:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[\w.~%/-]*[\w.~%-])?/u,
    example: 'https://crm.example.com/api',
  },
  {
    name: 'authentication',
    label: label('Authentication', 'Autenticación', 'Autenticação'),
    choices: ['none', 'header', 'basic', 'oauth2'],
  },
  optional('authHeader', label('Header: name', 'Encabezado: nombre', 'Cabeçalho: nome'), {
    pattern: /[A-Za-z][A-Za-z0-9-]{0,60}/u,
    example: 'X-Api-Key',
  }),
  optional('authValue', label('Header: value', 'Encabezado: valor', 'Cabeçalho: valor'), secret),
  optional('username', label('Basic: user', 'Basic: usuario', 'Basic: usuário')),
  optional('password', label('Basic: password', 'Basic: contraseña', 'Basic: senha'), secret),
  optional('tokenUrl', label('OAuth: token URL', 'OAuth: URL de token', 'OAuth: URL de token'), {
    example: 'https://login.example.com/oauth/token',
  }),
  optional('clientId', label('OAuth: client ID', 'OAuth: ID de cliente', 'OAuth: ID do cliente')),
  optional(
    'clientSecret',
    label('OAuth: client secret', 'OAuth: secreto de cliente', 'OAuth: segredo do cliente'),
    secret,
  ),
  optional('testPath', label('Test: path', 'Prueba: ruta', 'Teste: caminho'), {
    example: '/me',
  }),
];

const ofPeople: readonly SettingField[] = [
  optional(
    'lookupPath',
    label('Number lookup: path', 'Búsqueda por número: ruta', 'Busca por número: caminho'),
    { example: '/people?phone={e164}' },
  ),
  optional(
    'lookupBody',
    label('Number lookup: body', 'Búsqueda por número: cuerpo', 'Busca por número: corpo'),
    { isLong: true, help: jsonBody, example: '{"phone":"{e164}"}' },
  ),
  optional(
    'searchPath',
    label('Text search: path', 'Búsqueda de texto: ruta', 'Busca por texto: caminho'),
    { example: '/people?q={text}' },
  ),
  optional(
    'searchBody',
    label('Text search: body', 'Búsqueda de texto: cuerpo', 'Busca por texto: corpo'),
    { isLong: true, help: jsonBody },
  ),
  optional('peopleList', label('People: list', 'Personas: lista', 'Pessoas: lista'), {
    help: label(
      'Where in the answer they are (JSONPath).',
      'En qué lugar de la respuesta están (JSONPath).',
      'Em que lugar da resposta elas estão (JSONPath).',
    ),
    example: '$.data[*]',
  }),
  optional('personId', label('Person: ID', 'Persona: ID', 'Pessoa: ID'), { example: 'id' }),
  optional('personName', label('Person: name', 'Persona: nombre', 'Pessoa: nome'), {
    example: 'first_name, last_name',
  }),
  optional('personPhones', label('Person: phones', 'Persona: teléfonos', 'Pessoa: telefones'), {
    example: 'phone, phones[*].number',
  }),
  optional('personEmail', label('Person: email', 'Persona: correo', 'Pessoa: e-mail')),
  optional('personCompany', label('Person: company', 'Persona: empresa', 'Pessoa: empresa')),
  optional('personPage', label('Person: page', 'Persona: página', 'Pessoa: página'), {
    example: 'https://crm.example.com/people/{id}',
  }),
  optional('popUrl', label('Page for a number', 'Página para un número', 'Página para um número'), {
    help: label(
      'Where nobody is looked up: opened for each caller.',
      'Si no se busca a nadie: se abre para cada llamada.',
      'Quando ninguém é buscado: abre a cada chamada.',
    ),
    example: 'https://crm.example.com/search?phone={digits}',
  }),
];

const ofItems: readonly SettingField[] = [
  optional(
    'itemsPath',
    label('Recent items: path', 'Elementos recientes: ruta', 'Itens recentes: caminho'),
    { example: '/people/{id}/tickets' },
  ),
  optional(
    'itemsBody',
    label('Recent items: body', 'Elementos recientes: cuerpo', 'Itens recentes: corpo'),
    { isLong: true, help: jsonBody },
  ),
  optional(
    'itemsList',
    label('Recent items: list', 'Elementos recientes: lista', 'Itens recentes: lista'),
    { example: '$.tickets' },
  ),
  optional('itemId', label('Item: ID', 'Elemento: ID', 'Item: ID')),
  optional('itemReference', label('Item: number', 'Elemento: número', 'Item: número')),
  optional('itemTitle', label('Item: title', 'Elemento: título', 'Item: título')),
  optional('itemStatus', label('Item: status', 'Elemento: estado', 'Item: status')),
  optional(
    'itemUpdated',
    label('Item: last change', 'Elemento: último cambio', 'Item: última alteração'),
  ),
  optional(
    'closedStatuses',
    label('Item: closed statuses', 'Elemento: estados cerrados', 'Item: status fechados'),
    { example: 'closed, solved' },
  ),
  optional('itemPage', label('Item: page', 'Elemento: página', 'Item: página'), {
    example: 'https://crm.example.com/tickets/{id}',
  }),
];

const ofCallsAndKnowledge: readonly SettingField[] = [
  optional(
    'webhookPath',
    label('Calls: webhook path', 'Llamadas: ruta del webhook', 'Chamadas: caminho do webhook'),
    { example: '/hooks/ringside' },
  ),
  optional(
    'webhookSecret',
    label('Calls: signing secret', 'Llamadas: secreto de firma', 'Chamadas: segredo da assinatura'),
    {
      isSecret: true,
      pattern: /[\x20-\x7e]{16,500}/u,
      help: label(
        'At least 16 characters; what is sent is signed with it.',
        'Al menos 16 caracteres; con él se firma lo que se envía.',
        'No mínimo 16 caracteres; o que é enviado é assinado com ele.',
      ),
    },
  ),
  optional(
    'knowledgeUrl',
    label(
      'Knowledge: search page',
      'Conocimiento: página de búsqueda',
      'Conhecimento: página de busca',
    ),
    { example: 'https://app.getguru.com/search?q={text}' },
  ),
];

/** Only the base address and the way to say who asks are needed: what is not filled in is not offered. */
export const genericHttpFields: readonly SettingField[] = [
  ...ofAccess,
  ...ofPeople,
  ...ofItems,
  ...ofCallsAndKnowledge,
];

export const fieldLabel = (name: string): string =>
  genericHttpFields.find((field) => field.name === name)?.label.en ?? name;
