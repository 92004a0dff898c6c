import { spawn, type ChildProcess } from 'node:child_process';

/**
 * A small shell outside of our process group, that reads which children run, line by line. When the pipe ends before
 * its time, we were killed: it stops what we can no longer stop, and kills what has not stopped after 40 seconds.
 */
const script = `
trap '' HUP INT TERM
left=' '
while read -r change pid signal; do
  case $change in
    add) left="$left$pid:$signal " ;;
    drop) left="\${left%% $pid:*} \${left#* $pid:* }" ;;
  esac
done
for one in $left; do kill -s "\${one#*:}" "\${one%:*}"; done
tries=0
while [ $tries -lt 80 ]; do
  running=
  for one in $left; do kill -0 "\${one%:*}" && running=yes; done
  [ -z "$running" ] && exit
  sleep 0.5
  tries=$((tries + 1))
done
for one in $left; do kill -s KILL "\${one%:*}"; done
`;

let guardian: ChildProcess | undefined;

/** Has the child stopped by this signal if we are killed; to be taken back once it has ended. */
export function guard(pid: number, signal: NodeJS.Signals): () => void {
  tell(`add ${pid} ${signal.slice('SIG'.length)}`);
  return () => tell(`drop ${pid}`);
}

function tell(line: string): void {
  if (guardian === undefined) {
    guardian = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    guardian.on('error', () => undefined);
    guardian.stdin?.on('error', () => undefined);
    guardian.unref();
    // The pipe must not keep this process alive.
    (guardian.stdin as unknown as { unref(): void } | null)?.unref();
  }
  guardian.stdin?.write(`${line}\n`);
}
