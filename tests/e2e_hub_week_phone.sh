#!/bin/bash
# The same week on a phone, 390 pixels wide.
# shellcheck disable=SC2034 # the other script reads it
width=390
. tests/e2e_hub_week.sh
