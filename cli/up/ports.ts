import type { Config } from '../../config/environment.ts';
import { freePorts, listenError } from '../servers/ports.ts';

/** The ports that are in use, each with the variable that changes it, as lines for people. */
export async function takenPorts(config: Config): Promise<string[]> {
  const wanted = [
    { what: 'the API', variable: 'PORT', port: config.port, host: config.host },
    ...(config.temporal.externalTemporal
      ? []
      : [
          { what: 'Temporal', variable: 'TEMPORAL_PORT', port: config.temporalPort, host: '127.0.0.1' },
          { what: "Temporal's UI", variable: 'TEMPORAL_UI_PORT', port: config.temporalUiPort, host: '127.0.0.1' },
        ]),
  ];
  const lines = await Promise.all(
    wanted.map(async ({ what, variable, port, host }) => {
      const error = await listenError(port, host);
      if (error === null) return [];
      if (error === 'EADDRINUSE') return [`Port ${port}, for ${what}, is in use: ${variable} changes it`];
      return [`${what} cannot listen on ${host}, port ${port} (${error}): HOST and ${variable} change that`];
    }),
  );
  return lines.flat();
}

/** `PORT=0` asks for a free port; other processes have to be told which. */
export async function withPort(env: NodeJS.ProcessEnv, config: Config): Promise<NodeJS.ProcessEnv> {
  if (config.port !== 0) return env;
  const [port] = await freePorts(1);
  return { ...env, PORT: String(port) };
}
