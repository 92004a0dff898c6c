import { Type } from 'typebox';
import { troubles } from '../../channels/page.ts';
import { contactTypes } from '../../domain/user.ts';
import { Duration, Nullable, OneOf, Strict } from './common.ts';

const Variable = Type.Object({
  name: Type.String({ examples: ['VIGIL_SMTP_URL'] }),
  needed: Type.Boolean({ description: 'without it the channel does not work; else something stands in for it' }),
  set: Type.Boolean(),
});

const ChannelSchema = Type.Object({
  channel: OneOf(contactTypes, { description: 'as the type of people’s contacts' }),
  configured: Type.Boolean({ description: 'whether pages can leave by it' }),
  variables: Type.Array(Variable, { description: 'of the environment; never their values' }),
  answers: Nullable(
    Type.Object(
      {
        url: Type.String({ description: 'to be entered at the service' }),
        variable: Type.String({ description: 'what proves that an answer comes from the service' }),
        ready: Type.Boolean({ description: 'whether that is set: answers are refused else' }),
      },
      { description: 'where the service brings what people answer there; null: it is told so with each page, or none' },
    ),
  ),
});

export const Channels = Type.Object({
  data: Type.Array(ChannelSchema),
  fallback: Type.Object(
    { variable: Type.String(), channel: Nullable(OneOf(contactTypes)) },
    { description: 'who hears of an incident when nobody is left to page; null: nobody' },
  ),
});

export const ChannelParams = Strict({ channel: OneOf(contactTypes) });

export const NewChannelTest = Strict({
  address: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 2000,
      description:
        'by default that of one’s own first contact of this type; any other needs the permission `configure`',
    }),
  ),
});

export const ChannelTest = Type.Object({
  outcome: OneOf(['accepted', 'failed'] as const),
  answer: Type.String({ description: 'what the service said, or why it said nothing' }),
  trouble: Nullable(OneOf(troubles, { description: 'what is to be looked at; null where it was accepted' })),
  retryAfter: Nullable(Type.String({ ...Duration, description: 'where the service says when to come again' })),
});
