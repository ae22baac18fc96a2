import type { Label } from '../../../shared/api/records.ts';
import type { GuidanceGiven } from '../guidance/guidance-centre.ts';

/** What agents of the demo say in sales, write with a slash, and ask to know who is calling. */

const label = (en: string, es: string, pt: string): Label => ({ en, es, pt });

const choice = (goesTo: string, given: Label) => ({ label: given, goesTo });

const sale = {
  code: 'new_sale',
  label: label('New sale', 'Venta nueva', 'Nova venda'),
  steps: [
    {
      id: 'greeting',
      text: label(
        'Good day, {customer.name}, this is {agent.name} from sales. What can I do for you?',
        'Buenos días, {customer.name}, le habla {agent.name}, de ventas. ¿En qué puedo ayudarle?',
        'Bom dia, {customer.name}, aqui é {agent.name}, de vendas. Em que posso ajudar?',
      ),
      choices: [
        choice('need', label('Wants an offer', 'Quiere una oferta', 'Quer uma proposta')),
        choice(
          'order',
          label('Asks about an order', 'Pregunta por un pedido', 'Pergunta por um pedido'),
        ),
        choice('not_now', label('Has no interest', 'No tiene interés', 'Não tem interesse')),
      ],
    },
    {
      id: 'need',
      text: label(
        'What do you use today at {customer.company}, and what do you miss in it?',
        '¿Qué utilizan hoy en {customer.company} y qué echan en falta?',
        'O que vocês usam hoje na {customer.company} e do que sentem falta?',
      ),
      choices: [
        choice(
          'offer',
          label('The need is clear', 'La necesidad está clara', 'A necessidade está clara'),
        ),
        choice(
          'call_back',
          label('Somebody else decides', 'Decide otra persona', 'Outra pessoa decide'),
        ),
      ],
    },
    {
      id: 'offer',
      text: label(
        'I can send the offer in writing today. Shall I use {customer.email}?',
        'Puedo enviarle la oferta por escrito hoy mismo. ¿La envío a {customer.email}?',
        'Posso enviar a proposta por escrito ainda hoje. Envio para {customer.email}?',
      ),
      choices: [
        choice('close', label('Yes', 'Sí', 'Sim')),
        choice('call_back', label('Wants to think about it', 'Quiere pensarlo', 'Quer pensar')),
      ],
    },
    {
      id: 'order',
      text: label(
        'Let me look. Is it about {ticket.reference}?',
        'Déjeme ver. ¿Se trata de {ticket.reference}?',
        'Deixe-me ver. É sobre {ticket.reference}?',
      ),
      choices: [
        choice('close', label('Answered', 'Resuelto', 'Respondido')),
        choice('need', label('Wants more', 'Quiere más', 'Quer mais')),
      ],
    },
    {
      id: 'call_back',
      text: label(
        'When may I call again, and whom do I ask for?',
        '¿Cuándo puedo volver a llamar y por quién pregunto?',
        'Quando posso ligar de novo e com quem devo falar?',
      ),
      choices: [choice('close', label('Agreed', 'Acordado', 'Combinado'))],
    },
    {
      id: 'not_now',
      text: label(
        'I understand. Thank you for your time, {customer.name}.',
        'Lo entiendo. Gracias por su tiempo, {customer.name}.',
        'Entendo. Obrigado pelo seu tempo, {customer.name}.',
      ),
      end: true,
    },
    {
      id: 'close',
      text: label(
        'Thank you. Today is {call.date}; you hear from us within two working days. Goodbye!',
        'Gracias. Hoy es {call.date}; tendrá noticias nuestras en dos días hábiles. ¡Hasta luego!',
        'Obrigado. Hoje é {call.date}; entraremos em contato em até dois dias úteis. Até logo!',
      ),
      end: true,
    },
  ],
};

export const seedGuidance: GuidanceGiven = {
  scripts: [sale],
  macros: [
    {
      code: 'callback',
      label: label('Callback promised', 'Llamada de vuelta prometida', 'Retorno prometido'),
      text: label(
        'Callback promised to {customer.name} at {call.number}. ',
        'Se prometió devolver la llamada a {customer.name} al {call.number}. ',
        'Prometido retorno a {customer.name} no {call.number}. ',
      ),
    },
    {
      code: 'sent',
      label: label('Sent by e-mail', 'Enviado por correo', 'Enviado por e-mail'),
      text: label(
        'Sent to {customer.email} on {call.date}. ',
        'Enviado a {customer.email} el {call.date}. ',
        'Enviado para {customer.email} em {call.date}. ',
      ),
    },
    {
      code: 'restart',
      label: label(
        'Restarted, works again',
        'Reiniciado, funciona',
        'Reiniciado, voltou a funcionar',
      ),
      text: label(
        'Device restarted with {customer.name} on the line at {call.time}; it works again. ',
        'Aparato reiniciado con {customer.name} en línea a las {call.time}; vuelve a funcionar. ',
        'Aparelho reiniciado com {customer.name} na linha às {call.time}; voltou a funcionar. ',
      ),
      queues: ['support'],
    },
    {
      code: 'ticket',
      label: label('Added to the ticket', 'Añadido a la incidencia', 'Adicionado ao chamado'),
      text: label(
        'Added to {ticket.reference} ({customer.company}). ',
        'Añadido a {ticket.reference} ({customer.company}). ',
        'Adicionado a {ticket.reference} ({customer.company}). ',
      ),
      queues: ['support', 'billing'],
    },
    {
      code: 'offer',
      label: label('Offer wanted', 'Pide una oferta', 'Pede proposta'),
      text: label(
        'Offer wanted by {customer.name}, {customer.company}, {customer.city}. Contact {contact.id}. ',
        '{customer.name}, {customer.company}, {customer.city}, pide una oferta. Contacto {contact.id}. ',
        '{customer.name}, {customer.company}, {customer.city}, pede proposta. Contato {contact.id}. ',
      ),
      queues: ['sales'],
    },
  ],
  verifications: [
    {
      code: 'standard',
      label: label('Identity', 'Identidad', 'Identidade'),
      needed: 2,
      flagAfter: 2,
      required: true,
      questions: [
        {
          code: 'name',
          label: label('First and last name', 'Nombre y apellidos', 'Nome e sobrenome'),
          field: 'name',
          mandatory: true,
        },
        {
          code: 'email',
          label: label('E-mail address on file', 'Correo que nos consta', 'E-mail cadastrado'),
          field: 'email',
        },
        { code: 'city', label: label('City', 'Ciudad', 'Cidade'), field: 'city' },
        {
          code: 'ticket',
          label: label(
            'Number of an open ticket',
            'Número de una incidencia abierta',
            'Número de um chamado aberto',
          ),
          field: 'ticket',
        },
      ],
    },
  ],
  queues: [
    { name: 'support', verification: 'standard' },
    { name: 'sales', script: 'new_sale', verification: 'standard' },
    { name: 'billing', verification: 'standard' },
  ],
};
