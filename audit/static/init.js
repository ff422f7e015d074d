// Starts the GOV.UK components that have a script. Every page works without them.
import { initAll } from "./vendor/govuk-frontend.min.js";

initAll();
