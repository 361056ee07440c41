// An OpenID Connect provider for the tests: oidc-provider itself, in memory, on 127.0.0.1, with faults on demand.
// Whoever signs in as x@y is x@y, verified; unverified:x@y is not verified; anonymous:x gives no address at all.
import { generateKeyPairSync } from "node:crypto";

const { default: Provider } = await import(process.env.OIDC_PROVIDER);
const port = Number(process.env.PORT);
const issuer = `http://127.0.0.1:${port}`;
const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
let fault = "";

function claimed(login) {
  const [, kind, rest] = login.match(/^(unverified:|anonymous:)?(.*)$/);
  const address = kind === "anonymous:" ? {} : { email: rest, email_verified: kind !== "unverified:" };
  return { sub: login, name: `${rest.split("@")[0]} of the provider`, ...address };
}

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "consult",
      client_secret: "a secret that both know",
      redirect_uris: ["http://localhost/sign-in/answer"],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  jwks: { keys: [{ ...key, kid: "one", use: "sig", alg: "RS256" }] },
  cookies: { keys: ["only for tests"] },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  findAccount: (_context, id) => ({ accountId: id, claims: () => claimed(id) }),
  pkce: { required: () => true },
});
// The port of the site under test is not known beforehand; its path is.
provider.Client.prototype.redirectUriAllowed = (uri) => new URL(uri).pathname === "/sign-in/answer";

const swapped = (token) => {
  const [head, body, seal] = token.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url"));
  claims.sub = "somebody.else@example.org";
  return [head, Buffer.from(JSON.stringify(claims)).toString("base64url"), seal].join(".");
};

provider.use(async (context, next) => {
  if (context.path === "/fault") {
    fault = context.query.is ?? "";
    context.body = fault;
    return;
  }
  if (fault === "slow" && context.path === "/token") await new Promise((done) => setTimeout(done, 7000));
  if (fault === "down") {
    context.status = 503;
    return;
  }
  await next();
  if (fault === "forged" && context.path === "/token" && context.body?.id_token) {
    context.body = { ...context.body, id_token: swapped(context.body.id_token) };
  }
});

provider.listen(port, "127.0.0.1", () => console.log(`listening on ${issuer}`));
