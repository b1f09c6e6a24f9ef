import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Nothing from elsewhere, nothing inline, no frame, no form target; and text becomes markup only through the
 * template library's own policy (Trusted Types), so a supplier's name stays text.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

export async function addHeaders(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.headers(headers);
}

/**
 * A page of another site must not decide anything here: a browser says where a request comes from, and lets such a
 * page send JSON only after a question that this server never answers. Programs send neither header.
 */
export async function refuseOtherSites(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const { origin, 'sec-fetch-site': site, 'content-type': type = '' } = request.headers;
  const isOurs = origin === undefined || origin === `http://${request.host}`;
  if (!isOurs || (site !== undefined && site !== 'same-origin')) {
    await refuse(reply, 403, 'OTHER_SITE', 'This request comes from another site.');
  } else if (!/^application\/json(;|$)/i.test(type)) {
    await refuse(reply, 415, 'NOT_JSON', 'This request is not JSON.');
  }
}

async function refuse(reply: FastifyReply, status: number, code: string, message: string): Promise<void> {
  await reply.code(status).send({ error: { code, message, nextStep: 'Use the page or the command line.' } });
}
