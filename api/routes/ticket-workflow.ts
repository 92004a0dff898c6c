import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { temporalUi } from '../../config/temporal-ui.ts';
import { ticketWorkflowId } from '../../workflows/messages.ts';
import { answers, Nullable, TicketParams } from '../schemas/common.ts';
import { ticketIdIn } from '../ticket-path.ts';

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { config } = app.parts;
  const ui = temporalUi(config);
  const { namespace } = config.temporal;

  app.get(
    '/v1/tickets/:id/workflow',
    {
      config: { permission: 'configure' },
      schema: {
        tags: ['tickets'],
        summary: 'Where Temporal keeps the ticket’s process',
        params: TicketParams,
        response: answers({
          200: Type.Object({
            namespace: Type.String(),
            workflowId: Type.String(),
            url: Nullable(Type.String({ description: 'in the Temporal UI; null where its address is not known' })),
          }),
        }),
      },
    },
    async ({ params }) => {
      const workflowId = ticketWorkflowId(ticketIdIn(params));
      const path = `namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}`;
      return { namespace, workflowId, url: ui && `${ui}/${path}` };
    },
  );
};

export default routes;
