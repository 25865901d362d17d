// The API described from the contracts themselves: OpenAPI 3.1 at /api/openapi.json, a page of it at /api.
import swagger from "@fastify/swagger";
import reference from "@scalar/fastify-api-reference";
import type { FastifyInstance } from "fastify";
import { createJsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { allow, hashesOf, pagePolicy } from "./security.ts";

export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  const transform = createJsonSchemaTransform({ skipList: [] });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Tietovirta",
        version,
        description:
          "Every operation is an act of processing that the data-flow description in force allows (`x-act`); what it does not allow is refused with the place in the description that says so. The purpose of an act is the header `Tietovirta-Purpose`, else the first one that the caller's roles hold.",
      },
      components: {
        securitySchemes: {
          bearer: {
            type: "http",
            scheme: "bearer",
            description: "`npx tietovirta token create --role ROLE --name NAME`",
          },
          session: { type: "apiKey", in: "cookie", name: "tietovirta" },
        },
      },
    },
    transform: (input) => {
      const { schema, url } = transform(input);
      const { act } = input.route.config ?? {};
      if (!act || !url.startsWith("/api/")) return { schema: { ...schema, hide: true }, url };
      const open = "none" in act || "public" in act;
      return { schema: { ...schema, "x-act": act, security: open ? [] : [{ bearer: [] }, { session: [] }] }, url };
    },
    transformObject: jsonSchemaTransformObject,
  });
  app.get("/api/openapi.json", { schema: { hide: true } }, async () => app.swagger());

  await app.register(async (page) => {
    // The page starts with a small script inside itself, which is allowed by its hash; everything it loads comes from here.
    page.addHook("onSend", async (_, reply, payload) => {
      if (typeof payload !== "string" || !String(reply.getHeader("content-type")).startsWith("text/html"))
        return payload;
      // The page of another library sets style attributes.
      const styleSrc = ["'self'", "'unsafe-inline'"];
      await allow(reply, pagePolicy({ scriptSrc: ["'self'", ...hashesOf(payload, "script")], styleSrc }));
      return payload;
    });
    await page.register(reference, {
      routePrefix: "/api",
      configuration: {
        url: "/api/openapi.json",
        withDefaultFonts: false,
        hideClientButton: true,
        telemetry: false,
        showDeveloperTools: "never",
        agent: { disabled: true },
        mcp: { disabled: true },
      },
    });
  });
}

declare module "fastify" {
  interface FastifySchema {
    "x-act"?: unknown;
  }
}
