import { pageControls } from './pageControls';
import { pageScript } from './pageScript';
import { pageStyle } from './pageStyle';

/** The simulator's page at `/`: ports, SMS in both directions, and forms for all that the control API can do. */
export const pageHtml = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Simulated gateway</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>Simulated gateway</h1>
<p id="summary" aria-live="polite">…</p>
</header>
<main>
<section aria-labelledby="ports-title">
<h2 id="ports-title">Ports</h2>
<ul id="ports"></ul>
</section>
<section id="judgements" aria-labelledby="log-title" hidden>
<h2 id="log-title">Barred by the operator</h2>
<ol id="log"></ol>
</section>
${pageControls}
<div class="columns">
<section aria-labelledby="out-title">
<h2 id="out-title">Sent by the gateway</h2>
<ol id="outgoing"></ol>
</section>
<section aria-labelledby="in-title">
<h2 id="in-title">Received by the gateway</h2>
<form id="form" data-command="incoming">
<label>Port <select name="port" class="port" data-kind="number" required></select></label>
<label>From <input name="number" value="99970200011" pattern="\\+?[0-9]{1,24}" required></label>
<label class="wide">Text <input name="text" data-once placeholder="An SMS to the gateway" autocomplete="off" required></label>
<button>Let it arrive</button>
<output></output>
</form>
<ol id="incoming"></ol>
</section>
</div>
</main>
<script>${pageScript}</script>
</body>
</html>
`;
