/*
 * The Matrix SDK, from the folder it was installed into (CLIENT_MODULES): imports by name are looked up
 * beside the importing file, and nothing is installed into the checkout.
 */
import { Console } from "node:console";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/* Stdout carries our answers and nothing else; the SDK picks up its console when it is loaded. */
globalThis.console = new Console(process.stderr, process.stderr);

const load = (path) => import(pathToFileURL(join(process.env.CLIENT_MODULES, path)));

export const sdk = await load("matrix-js-sdk/lib/index.js");
export const api = await load("matrix-js-sdk/lib/crypto-api/index.js");
/* The same instance as the SDK's own: the file that its import by name comes to. */
export const wasm = await load("@matrix-org/matrix-sdk-crypto-wasm/node.mjs");
