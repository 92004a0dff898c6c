import { useTranslation } from 'react-i18next';
import { attachmentUrl, isPicture } from '../api/attachments.ts';
import { usePeople } from '../api/people.ts';
import type { Message, Ticket } from '../api/types.ts';
import { useFormats } from '../i18n/format.ts';
import { Icon } from '../shell/icons.tsx';
import { referenceOf } from '../ui/reference.ts';
import { useActorName } from './actor-name.ts';
import styles from './conversation.module.css';
import { MessageBody } from './message-body.tsx';

export function MessageItem({ message, ticket }: { message: Message; ticket: Ticket }) {
  const { t } = useTranslation();
  const { moment, full } = useFormats();
  const { users } = usePeople();
  const actorName = useActorName(ticket);
  const kind = message.author === 'agent' ? (message.public ? 'agent' : 'note') : message.author;
  const type = message.author === 'agent' ? 'user' : message.author;
  const author = actorName({ type, id: message.authorId ?? '' });
  const pictures = message.attachments.filter(isPicture);
  const left = users.find(({ id }) => id === message.authorId)?.active === false;
  return (
    <li className={styles.message} data-kind={kind}>
      <article aria-label={t(`message.by.${kind}`, { name: author })}>
        <header className={styles.meta}>
          {kind === 'note' && <Icon name="lock" size={13} />}
          <strong dir="auto">{author}</strong>
          <span className={styles.kind}>
            {t(`message.kind.${kind}`)}
            {message.automatic && ` · ${t('message.automatic')}`}
            {left && ` · ${t('message.left')}`}
            {message.ticket !== ticket.id && ` · ${t('message.merged', { ticket: referenceOf(message.ticket) })}`}
          </span>
          <time dateTime={message.createdAt} title={full(message.createdAt)}>
            {moment(message.createdAt)}
          </time>
        </header>
        <MessageBody body={message.body} />
        {pictures.map((picture) => (
          <a key={picture.id} href={attachmentUrl(picture.id)} target="_blank" rel="noreferrer">
            <img className={styles.picture} src={attachmentUrl(picture.id)} alt={picture.name} loading="lazy" />
          </a>
        ))}
        {message.attachments.length > 0 && (
          <ul className={styles.attachments} aria-label={t('message.attachments')}>
            {message.attachments.map(({ id, name }) => (
              <li key={id}>
                <a href={attachmentUrl(id)} download={name} dir="auto">
                  <Icon name="clip" size={13} /> {name}
                </a>
              </li>
            ))}
          </ul>
        )}
      </article>
    </li>
  );
}
