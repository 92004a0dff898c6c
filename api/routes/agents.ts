import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { agentLoads } from '../../db/ownerships.ts';
import { countTickets } from '../../db/ticket-counts.ts';
import { agentsWithLoad } from '../agent-loads.ts';
import { answers } from '../schemas/common.ts';
import { AgentLoads } from '../schemas/agent.ts';

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, directory } = app.parts;

  app.get(
    '/v1/agents/load',
    {
      config: { permission: 'read' },
      schema: {
        tags: ['agents'],
        summary: 'What each agent carries now, as ownership rules weigh it, and who is there to take more',
        response: answers({ 200: AgentLoads }),
      },
    },
    async () => {
      const [loads, unassigned] = await Promise.all([
        agentLoads(database.pool),
        countTickets(database.db, { assignee: 'none' }),
      ]);
      return {
        agents: agentsWithLoad(directory, loads, Date.now()),
        unassigned: { open: Object.values(unassigned).reduce((sum, n) => sum + n, 0) },
      };
    },
  );
};

export default routes;
