import type { FastifyInstance } from 'fastify';
import { createLedgerDesk } from '../desk/ledger-desk.ts';
import type { RouteDeps } from '../run/start-local.ts';
import { apiRoutes } from './api-routes.ts';
import { type Asset, readAssets } from './assets.ts';
import { errorAnswer } from './error-answer.ts';
import { addHeaders, refuseOtherSites } from './guard.ts';

/** The page at `/` and its API, for the server of the local run. */
export async function addPage(server: FastifyInstance, deps: RouteDeps): Promise<void> {
  await server.register(async (scope) => {
    scope.removeContentTypeParser('text/plain');
    scope.addHook('onRequest', addHeaders);
    scope.addHook('onRequest', refuseOtherSites);
    scope.setErrorHandler(async (error, _request, reply) => {
      const { status, body } = errorAnswer(error);
      if (status === 500)
        deps.doors.observe.log('error', 'function-failed', {
          function: 'page',
          reason: error instanceof Error ? error.message : '',
        });
      return reply.code(status).send(body);
    });
    assetRoutes(scope);
    apiRoutes(scope, deps, createLedgerDesk(deps.doors));
  });
}

/** Put together when somebody first looks. */
function assetRoutes(scope: FastifyInstance): void {
  let assets: Promise<ReadonlyMap<string, Asset>> | undefined;
  for (const path of ['/', '/page.js', '/page.css', '/icon.svg']) {
    scope.get(path, async (_request, reply) => {
      assets ??= readAssets();
      const asset = (await assets).get(path);
      return reply.type(asset?.type ?? 'text/plain').send(asset?.body ?? '');
    });
  }
}
