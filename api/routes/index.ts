import type { FastifyPluginAsync } from 'fastify';
import attachments from './attachments.ts';
import codec from './codec.ts';
import events from './events.ts';
import health from './health.ts';
import messages from './messages.ts';
import sla from './sla.ts';
import stream from './stream.ts';
import ticketCommands from './ticket-commands.ts';
import tickets from './tickets.ts';

const all = [attachments, codec, events, health, messages, sla, stream, ticketCommands, tickets];

/** Every resource of the API. */
export const routes: FastifyPluginAsync = async (app) => {
  for (const resource of all) await app.register(resource);
};
