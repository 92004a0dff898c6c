import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { makeQueryClient } from './api/query-client.ts';
import { setUpTexts } from './i18n/setup.ts';
import { nonce } from './page-settings.ts';
import { makeRouter } from './router.tsx';
import './styles.css';
import { cssVariables, theme } from './theme.ts';

const client = makeQueryClient();
const router = makeRouter(client);
const colorSchemes = localStorageColorSchemeManager({ key: 'vigil:color-scheme' });
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');

// Side by side: each waits for the network more than for the processor.
await Promise.all([setUpTexts(), router.load()]);
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemes}
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
