/*
 * The Matrix SDK, from the folder it was installed into (CLIENT_MODULES): imports by name are looked up
 * beside the importing file, and nothing is installed into the checkout.
 */
import { Console } from "node:console";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/*
 * Stdout carries our answers and nothing else. The SDK, which takes its console when it is loaded, talks much:
 * its warnings go to stderr, the rest to a file in the working folder.
 */
globalThis.console = new Console(createWriteStream("client.debug.log"), process.stderr);

const load = (path) => import(pathToFileURL(join(process.env.CLIENT_MODULES, path)));

export const sdk = await load("matrix-js-sdk/lib/index.js");
export const api = await load("matrix-js-sdk/lib/crypto-api/index.js");
/* The same instance as the SDK's own: the file that its import by name comes to. */
export const wasm = await load("@matrix-org/matrix-sdk-crypto-wasm/node.mjs");
