/**
 * The API's types, taken from the schemas that validate it and make its OpenAPI document. The only place of the web
 * application that reaches into the server, and for types alone: nothing of it is in the bundle.
 */
import type { Static } from 'typebox';
import type {
  ArticlePatch as ArticlePatchSchema,
  ArticleSchema,
  NewArticle as NewArticleSchema,
  SuggestedArticles,
} from '../../api/schemas/article.ts';
import type { AgentLoads as AgentLoadsSchema } from '../../api/schemas/agent.ts';
import type {
  CalendarPatch,
  CalendarPreviewAnswer as CalendarPreviewSchema,
  CalendarSchema,
} from '../../api/schemas/calendar.ts';
import type { CreatedCalendarFeed } from '../../api/schemas/calendar-feed.ts';
import type { AbsenceSchema, SwapSchema, TrainingSchema } from '../../api/schemas/duty.ts';
import type { Channels as ChannelsSchema, ChannelTest as ChannelTestSchema } from '../../api/schemas/channel.ts';
import type { EscalationPolicyPatch, EscalationPolicySchema } from '../../api/schemas/escalation-policy.ts';
import type { EventSchema } from '../../api/schemas/event.ts';
import type { IncidentWithTimeline } from '../../api/schemas/incident.ts';
import type { AddedMessageSchema, MessageSchema, NewMessage as NewMessageSchema } from '../../api/schemas/message.ts';
import type {
  Fairness,
  OnCallAnswer,
  OverrideSchema,
  Roster as RosterSchema,
  ScheduleSchema,
} from '../../api/schemas/schedule.ts';
import type {
  MacroPatch as MacroPatchSchema,
  MacroPreview as MacroPreviewSchema,
  MacroSchema,
  NewMacro as NewMacroSchema,
} from '../../api/schemas/macro.ts';
import type { MentionPage as MentionPageSchema } from '../../api/schemas/mention.ts';
import type { OthersPresent } from '../../api/schemas/presence.ts';
import type { CreatedApiKey, NewApiKey as NewApiKeySchema, ApiKeyJson } from '../../api/schemas/api-key.ts';
import type { AuditEventSchema } from '../../api/schemas/audit-event.ts';
import type { CreatedRoutingKey, RoutingKeySchema } from '../../api/schemas/routing-key.ts';
import type { OwnSession as OwnSessionSchema } from '../../api/schemas/session.ts';
import type { SignIn as SignInSchema } from '../../api/schemas/sign-in.ts';
import type { SlaSchema } from '../../api/schemas/sla.ts';
import type { TeamJson, TeamPatch } from '../../api/schemas/team.ts';
import type { ReportJson } from '../../api/schemas/report.ts';
import type { Conditions, SlaPolicyPatch, SlaPolicySchema } from '../../api/schemas/sla-policy.ts';
import type { TicketSchema } from '../../api/schemas/ticket.ts';
import type { TicketForecast as TicketForecastSchema } from '../../api/schemas/ticket-preview.ts';
export type { TicketPreview } from '../../api/schemas/ticket-preview.ts';
import type { TicketCounts as TicketCountsSchema } from '../../api/schemas/ticket-counts.ts';
import type { NewView as NewViewSchema, ViewPatch as ViewPatchSchema, ViewSchema } from '../../api/schemas/view.ts';
import type { OwnPatch, UserBody as UserBodySchema, UserJson } from '../../api/schemas/user.ts';
import type { Wall as WallSchema } from '../../api/schemas/wall.ts';
import type {
  CreatedWebhook,
  DeliverySchema,
  DeliveryWithBody as DeliveryWithBodySchema,
  WebhookPatch,
  WebhookSchema,
} from '../../api/schemas/webhook.ts';
import type { ProblemSchema } from '../../api/schemas/common.ts';
import type { Permission } from '../../api/permissions.ts';

export type { Permission, ReportJson };
export type Ticket = Static<typeof TicketSchema>;
export type TicketCounts = Static<typeof TicketCountsSchema>;
export type AgentLoads = Static<typeof AgentLoadsSchema>;
export type AgentLoad = AgentLoads['agents'][number];
export type View = Static<typeof ViewSchema>;
export type NewView = Static<typeof NewViewSchema>;
export type ViewPatch = Static<typeof ViewPatchSchema>;
export type Macro = Static<typeof MacroSchema>;
export type MacroActions = Macro['actions'];
export type NewMacro = Static<typeof NewMacroSchema>;
export type MacroPatch = Static<typeof MacroPatchSchema>;
export type MacroPreview = Static<typeof MacroPreviewSchema>;
export type MentionPage = Static<typeof MentionPageSchema>;
export type Present = Static<typeof OthersPresent>['data'][number];
export type Wall = Static<typeof WallSchema>;
export type Status = Ticket['status'];
export type Article = Static<typeof ArticleSchema>;
export type ArticlePatch = Static<typeof ArticlePatchSchema>;
export type NewArticle = Static<typeof NewArticleSchema>;
export type SuggestedArticle = Static<typeof SuggestedArticles>['data'][number];
export type Priority = Ticket['priority'];
export type Annotation = NonNullable<Ticket['annotation']>;
export type Rating = NonNullable<Ticket['rating']>;
export type Message = Static<typeof MessageSchema>;
export type AddedMessage = Static<typeof AddedMessageSchema>;
export type NewMessage = Static<typeof NewMessageSchema>;
export type Sla = Static<typeof SlaSchema>;
export type Clock = Sla['clocks'][number];
export type Segment = Clock['segments'][number];
export type DeskEvent = Static<typeof EventSchema>;
export type Incident = Static<typeof IncidentWithTimeline>;
export type Schedule = Static<typeof ScheduleSchema>;
export type Roster = Static<typeof RosterSchema>;
export type Shift = Roster['shifts'][number];
export type OnCallNow = Static<typeof OnCallAnswer>;
export type Override = Static<typeof OverrideSchema>;
export type Swap = Static<typeof SwapSchema>;
export type Training = Static<typeof TrainingSchema>;
export type Absence = Static<typeof AbsenceSchema>;
export type Calendar = Static<typeof CalendarSchema>;
export type CalendarBody = Static<typeof CalendarPatch>;
export type CalendarPreviewAnswer = Static<typeof CalendarPreviewSchema>;
export type Channels = Static<typeof ChannelsSchema>;
export type Channel = Channels['data'][number];
export type ChannelTest = Static<typeof ChannelTestSchema>;
export type EscalationPolicy = Static<typeof EscalationPolicySchema>;
export type EscalationPolicyBody = Static<typeof EscalationPolicyPatch>;
export type CalendarFeed = Static<typeof CreatedCalendarFeed>;
export type FairnessJson = Static<typeof Fairness>;
export type Team = TeamJson;
export type TeamBody = Static<typeof TeamPatch>;
export type User = UserJson;
export type UserBody = UserBodySchema;
export type OwnSettings = Static<typeof OwnPatch>;
export type SignInState = Static<typeof SignInSchema>;
export type OwnSession = Static<typeof OwnSessionSchema>;
export type ApiKey = ApiKeyJson;
export type NewApiKey = Static<typeof NewApiKeySchema>;
export type MadeApiKey = Static<typeof CreatedApiKey>;
export type RoutingKey = Static<typeof RoutingKeySchema>;
export type MadeRoutingKey = Static<typeof CreatedRoutingKey>;
export type AuditEvent = Static<typeof AuditEventSchema>;
export type ProblemDocument = Static<typeof ProblemSchema>;

export interface Page<T> {
  readonly data: readonly T[];
  readonly next: string | null;
}

export interface Session {
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly role: User['role'];
    readonly timeZone: string | null;
  };
  readonly permissions: readonly Permission[];
  readonly secondFactor: boolean;
  /** Of the stream of events when this was read; not there just after signing in. */
  readonly position?: string | null;
}

export interface SignInMethods {
  readonly password: boolean;
  readonly sso: { readonly name: string; readonly url: string } | null;
}

export interface Attachment {
  readonly id: string;
  readonly name: string;
}

export type TicketForecast = Static<typeof TicketForecastSchema>;
export type SlaPolicy = Static<typeof SlaPolicySchema>;
export type SlaPolicyBody = Static<typeof SlaPolicyPatch>;
export type PolicyConditions = Static<typeof Conditions>;
export type Webhook = Static<typeof WebhookSchema>;
export type WebhookBody = Static<typeof WebhookPatch>;
export type MadeWebhook = Static<typeof CreatedWebhook>;
export type Delivery = Static<typeof DeliverySchema>;
export type DeliveryWithBody = Static<typeof DeliveryWithBodySchema>;
