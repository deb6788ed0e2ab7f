/* What the browser adds to pages that work without it: one behaviour a file, each optional. */
import "./menus.js";
import "./theme.js";
import "./time.js";
import "./wide.js";
import "./confirm.js";
import "./copy.js";
import "./keys.js";
import "./toolbar.js";
import "./files.js";
import "./mention.js";
import "./composer.js";
import "./writing.js";
import "./offline.js";
import "./live.js";
import "./changed.js";
import "./place.js";
import "./refused.js";
