import type { FastifyPluginAsync } from 'fastify';
import absences from './absences.ts';
import apiKeys from './api-keys.ts';
import attachments from './attachments.ts';
import calendarFeeds from './calendar-feeds.ts';
import calendars from './calendars.ts';
import calendarsRead from './calendars-read.ts';
import channelAnswers from './channel-answers.ts';
import codec from './codec.ts';
import escalationPolicies from './escalation-policies.ts';
import enqueue from './enqueue.ts';
import events from './events.ts';
import health from './health.ts';
import incidents from './incidents.ts';
import invitations from './invitations.ts';
import messages from './messages.ts';
import routingKeys from './routing-keys.ts';
import schedules from './schedules.ts';
import session from './session.ts';
import sessionSecondFactor from './session-second-factor.ts';
import sessions from './sessions.ts';
import shiftSwaps from './shift-swaps.ts';
import signIn from './sign-in.ts';
import sla from './sla.ts';
import slaPolicies from './sla-policies.ts';
import stream from './stream.ts';
import teams from './teams.ts';
import ticketCommands from './ticket-commands.ts';
import tickets from './tickets.ts';
import trainings from './trainings.ts';
import users from './users.ts';

const all = [
  absences,
  apiKeys,
  attachments,
  calendarFeeds,
  calendars,
  calendarsRead,
  channelAnswers,
  codec,
  enqueue,
  escalationPolicies,
  events,
  health,
  incidents,
  invitations,
  messages,
  routingKeys,
  schedules,
  session,
  sessionSecondFactor,
  sessions,
  shiftSwaps,
  signIn,
  sla,
  slaPolicies,
  stream,
  teams,
  ticketCommands,
  tickets,
  trainings,
  users,
];

/** Every resource of the API. */
export const routes: FastifyPluginAsync = async (app) => {
  for (const resource of all) await app.register(resource);
};
