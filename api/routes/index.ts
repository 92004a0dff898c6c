import type { FastifyPluginAsync } from 'fastify';
import absences from './absences.ts';
import agents from './agents.ts';
import apiKeys from './api-keys.ts';
import articles from './articles.ts';
import attachments from './attachments.ts';
import auditEvents from './audit-events.ts';
import calendarFeeds from './calendar-feeds.ts';
import calendars from './calendars.ts';
import calendarsRead from './calendars-read.ts';
import channelAnswers from './channel-answers.ts';
import channels from './channels.ts';
import codec from './codec.ts';
import escalationPolicies from './escalation-policies.ts';
import demonstration from './demonstration.ts';
import enqueue from './enqueue.ts';
import events from './events.ts';
import health from './health.ts';
import incidents from './incidents.ts';
import invitations from './invitations.ts';
import macros from './macros.ts';
import me from './me.ts';
import mentions from './mentions.ts';
import messages from './messages.ts';
import presence from './presence.ts';
import reports from './reports.ts';
import routingKeys from './routing-keys.ts';
import satisfactionRatings from './satisfaction-ratings.ts';
import schedules from './schedules.ts';
import session from './session.ts';
import sessionSecondFactor from './session-second-factor.ts';
import sessions from './sessions.ts';
import shiftSwaps from './shift-swaps.ts';
import signIn from './sign-in.ts';
import signIns from './sign-ins.ts';
import sla from './sla.ts';
import slaPolicies from './sla-policies.ts';
import stream from './stream.ts';
import teams from './teams.ts';
import ticketCommands from './ticket-commands.ts';
import ticketCounts from './ticket-counts.ts';
import ticketPreview from './ticket-preview.ts';
import ticketWorkflow from './ticket-workflow.ts';
import tickets from './tickets.ts';
import trainings from './trainings.ts';
import users from './users.ts';
import views from './views.ts';
import wall from './wall.ts';
import webhookDeliveries from './webhook-deliveries.ts';
import webhooks from './webhooks.ts';

const all = [
  absences,
  agents,
  apiKeys,
  articles,
  attachments,
  auditEvents,
  calendarFeeds,
  calendars,
  calendarsRead,
  channelAnswers,
  channels,
  codec,
  demonstration,
  enqueue,
  escalationPolicies,
  events,
  health,
  incidents,
  invitations,
  macros,
  me,
  mentions,
  messages,
  presence,
  reports,
  routingKeys,
  satisfactionRatings,
  schedules,
  session,
  sessionSecondFactor,
  sessions,
  shiftSwaps,
  signIn,
  signIns,
  sla,
  slaPolicies,
  stream,
  teams,
  ticketCommands,
  ticketCounts,
  ticketPreview,
  ticketWorkflow,
  tickets,
  trainings,
  users,
  views,
  wall,
  webhookDeliveries,
  webhooks,
];

/** Every resource of the API. */
export const routes: FastifyPluginAsync = async (app) => {
  for (const resource of all) await app.register(resource);
};
