export { handoff } from './handoff.ts';
export { ticket } from './ticket.ts';
export { incident } from './incident.ts';
export { slaRollout } from './sla-rollout.ts';
export { webhook } from './webhook.ts';
