#!/bin/sh
# The password comes as a file; Fuseki wants it beside its user's name.
set -eu
umask 077
mkdir -p /var/lib/fuseki/base
printf 'gapbridge: %s\n' "$(cat /run/secrets/engine_password)" > /tmp/passwords
exec java -cp /opt/fuseki/jena-fuseki-server.jar org.apache.jena.fuseki.main.cmds.FusekiMainCmd \
  --port=3030 --conf=/opt/fuseki/fuseki.ttl --passwd=/tmp/passwords --auth=basic
